#!/usr/bin/perl
# validation/mutants.pl - plant generated faults; each must turn a test red.
#
#   mutants.pl list [PREFIX]             every fault, one a line
#   mutants.pl run N SEED [PREFIX]       N faults drawn by SEED, in copies
#
# PREFIX (mlfunc/ball) restricts the files.  Faults are generated, not chosen:
# in every file named in FILES, each sign, comparison, integer constant, index
# limit and rounding direction is changed in turn.  A fault is named by its
# file, a hash of the line's text with the number of earlier equal lines, and
# the change, so that the name survives edits elsewhere.  Verdicts are appended
# to build/mutants/results.tsv; a run that was stopped goes on where it was.
#
# One worker for each processor (WORKERS), each in a copy of the tree: it
# compiles the changed file alone, and links and runs the tests one by one until
# one turns red: the unit tests of the room, those named after the file and
# those that have killed faults of this file first, then 300 cross-checks and 30
# derivatives.  A test that hangs, or takes more than 4 GB, is red.
# A survivor must stand in validation/mutants.tsv with a one-line proof that
# it is equivalent (no input can tell it from the original); a fault that
# compiles to the same object code is.
#
# For mlfunc/double, whose headers carry code and bounds, see
# mutants_double.pl: floating constants, conditions, signs of terms, one bit of
# the entries of generated tables are changed there, too.

use strict;
use warnings;
use Digest::SHA qw(sha1_hex);
use File::Basename qw(basename dirname);
use File::Compare qw(compare);
use File::Copy qw(copy);
use Fcntl qw(:flock);
use File::Path qw(make_path);
use IO::Handle;
use Time::HiRes qw(time);

# Code that carries bounds.  *_plan.c only steers (a wrong guess there costs
# time or width, never truth), no bound is claimed for the jets of fits, and a
# generated table is compared with its generator's output.
my @FILES = grep { !/_plan\.c$|_table\.c$|\/jet\.c$|\/status\.c$/ }
    (glob('mlfunc/ball/*.c'), glob('base/format*.c'));
our $B = ($ENV{ML_BUILD} || 'build') . '/mutants';
our (%known, %fresh, %kills, %limit, %seconds);
require './validation/mutants_double.pl';
push @FILES, double_files();
my $CROSSCHECK = 'validation/checks/v-crosscheck';
my $JETS = 'validation/checks/v-jets';
my %ARGUMENTS = ($CROSSCHECK => '--threads 1 300', $JETS => '30');
my $START = time;

# What is changed into what.  Each rule: name, pattern, replacements.
my @RULES = (
    [ comparison => qr/(?<![-<>=!])(<=|>=|==|!=|<(?!=)|>(?!=))(?![<>])/,
        { '<' => ['<='], '<=' => ['<'], '>' => ['>='], '>=' => ['>'],
          '==' => ['!='], '!=' => ['=='] } ],
    [ sign => qr/(?<=[\w\)\]] )([-+])(?= [\w\(])/, { '+' => ['-'], '-' => ['+'] } ],
    [ sign => qr/\b(arb_add|arb_sub|acb_add|acb_sub|arf_add|arf_sub|fmpq_add|fmpq_sub|fmpz_add|fmpz_sub|mag_add|mag_sub)(?=_(?!error)|\()/,
        { arb_add => ['arb_sub'], arb_sub => ['arb_add'], acb_add => ['acb_sub'],
          acb_sub => ['acb_add'], arf_add => ['arf_sub'], arf_sub => ['arf_add'],
          fmpq_add => ['fmpq_sub'], fmpq_sub => ['fmpq_add'],
          fmpz_add => ['fmpz_sub'], fmpz_sub => ['fmpz_add'],
          mag_sub => ['mag_add'] } ],
    [ sign => qr/\b(arb_neg|acb_neg|arf_neg|fmpq_neg|arb_abs|acb_conj)(?=\()/,
        { map({ $_ => [ 'arb_set' ] } qw(arb_neg arb_abs)),
          map({ $_ => [ 'acb_set' ] } qw(acb_neg acb_conj)),
          arf_neg => ['arf_set'], fmpq_neg => ['fmpq_set'] } ],
    [ constant => qr/(?<![\w.])(\d+)(?![\w.])/, 'integer' ],
    [ rounding => qr/\b(ARF_RND_UP|ARF_RND_DOWN|ARF_RND_FLOOR|ARF_RND_CEIL|MPFR_RNDU|MPFR_RNDD|arb_get_mag_lower|arb_get_mag|acb_get_mag_lower|acb_get_mag|arb_get_ubound_arf|arb_get_lbound_arf|mag_\w+_lower|arf_get_mag_lower|arf_get_mag)\b/,
        { ARF_RND_UP => ['ARF_RND_DOWN'], ARF_RND_DOWN => ['ARF_RND_UP'],
          ARF_RND_FLOOR => ['ARF_RND_CEIL'], ARF_RND_CEIL => ['ARF_RND_FLOOR'],
          MPFR_RNDU => ['MPFR_RNDD'], MPFR_RNDD => ['MPFR_RNDU'],
          arb_get_mag_lower => ['arb_get_mag'], arb_get_mag => ['arb_get_mag_lower'],
          acb_get_mag_lower => ['acb_get_mag'], acb_get_mag => ['acb_get_mag_lower'],
          arf_get_mag_lower => ['arf_get_mag'], arf_get_mag => ['arf_get_mag_lower'],
          arb_get_ubound_arf => ['arb_get_lbound_arf'],
          arb_get_lbound_arf => ['arb_get_ubound_arf'] } ],
);

# The source with comments, strings and preprocessor lines blanked out.
sub code_only {
    my ($s) = @_;
    my $blank = sub { my $x = shift; $x =~ s/[^\n]/\x01/g; return $x };
    $s =~ s{(/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])+')}{$blank->($1)}gse;
    $s =~ s{^(#[^\n]*)}{$blank->($1)}gme;
    return $s;
}

sub faults {
    my @all;
    for my $file (sort @FILES) {
        open my $h, '<', $file or die "$file: $!\n";
        my $text = do { local $/; <$h> };
        close $h;
        my @code = split /\n/, code_only($text), -1;
        my @line = split /\n/, $text, -1;
        my (%seen, %in_table);
        my $double = is_double($file);
        if ($double && ($line[0] // "") =~ / made by$/) {
            push @{ $in_table{ $_->[0] } }, [ @$_[ 1 .. $#$_ ] ]
                for table_faults($file, @line);
            @code = map { '' } @code;
        }
        for my $i (0 .. $#line) {
            my $id = substr(sha1_hex($line[$i]), 0, 8) . '.' . $seen{$line[$i]}++;
            for my $e ($double ? (@{ $in_table{$i} || [] }, double_line($code[$i], @RULES)) : ()) {
                my ($from, $to, $token, $kind, @new) = @$e;
                for my $n (@new) {
                    my $s = $line[$i];
                    substr($s, $from, $to - $from) = $n;
                    push @all, { file => $file, row => $i, id => "$id:$from",
                        kind => $kind, change => "$token -> $n", text => $s,
                        was => $line[$i] };
                }
            }
            for my $rule ($double ? () : @RULES) {
                my ($kind, $pattern, $map) = @$rule;
                while ($code[$i] =~ /$pattern/g) {
                    my ($from, $to, $token) = ($-[1], $+[1], $1);
                    my @new;
                    if (ref $map) {
                        my $m = $map->{$token};
                        if (!$m && $token =~ /^(mag_\w+)_lower$/) { $m = [$1] }
                        @new = $m ? @$m : ();
                    } else {
                        @new = length($token) > 9 ? () : ($token + 1);
                        push @new, $token - 1 if @new && $token > 0;
                    }
                    for my $n (@new) {
                        my $s = $line[$i];
                        substr($s, $from, $to - $from) = $n;
                        push @all, { file => $file, row => $i, id => "$id:$from",
                            kind => $kind, change => "$token -> $n", text => $s,
                            was => $line[$i] };
                    }
                }
            }
        }
    }
    return @all;
}

# With these sources; REUSE=1: a kill with others will do, and is counted.
sub settled {
    my ($k) = @_;
    return $fresh{$k} || ($known{$k} // '') =~ ($ENV{REUSE} && $ENV{QUICK} ? qr/^(?:killed|open)/
            : $ENV{REUSE} ? qr/^killed/ : qr/(?!)/);
}

sub name { my $f = shift; return join "\t", $f->{file}, $f->{id}, $f->{change} }

sub trim { my $s = shift; $s =~ s/^\s+|\s+$//g; $s =~ s/\t/ /g; return $s }

my $usage = "usage: mutants.pl list [PREFIX] | run N SEED [PREFIX]\n";
my $verb = shift @ARGV || '';
die $usage unless $verb eq 'list' && @ARGV <= 1
    || $verb eq 'run' && @ARGV >= 2 && @ARGV <= 3;
my ($n, $seed) = $verb eq 'run' ? splice(@ARGV, 0, 2) : (0, 0);
my $prefix = shift @ARGV // '';
@FILES = grep { /^\Q$prefix\E/ } @FILES;
if ($verb eq 'list') {
    printf "%s\t%s\t%s:%d\t%s\n", name($_), $_->{kind}, $_->{file}, $_->{row} + 1,
        trim($_->{was}) for faults();
    exit 0;
}
my $workers = $ENV{WORKERS} || `nproc 2>/dev/null` || 1;
chomp $workers;

# Draw: order all faults by a hash of (seed, name); take them in that order.
my @order = map { $_->[1] } sort { $a->[0] cmp $b->[0] }
    map { [ sha1_hex("$seed\t" . name($_)), $_ ] } faults();

my %equivalent;
if (open my $h, '<', 'validation/mutants.tsv') {
    while (<$h>) {
        chomp;
        next if /^#/;
        my ($file, $id, $change, $proof) = split /\t/;
        $equivalent{"$file\t$id\t$change"} = $proof if $proof;
    }
    close $h;
}

my %there = map { name($_) => 1 } @order;
for my $k (grep { /^\Q$prefix\E/ && !$there{$_} } sort keys %equivalent) {
    print "# validation/mutants.tsv: this fault cannot be planted any more: $k\n";
}

# The tests of each room, and which of them killed faults of which file.
my @others = grep { !is_double($_) } @FILES;
my %tests = map { my $r = $_; $r => [ glob("$r/test/t-*.c $r/test/t-*.sh") ] }
    map { m{^([^/]+)/} } @others;
read_results();
double_setup($workers) if @others < @FILES;

# A copy of the tree for each worker, built once; the first is tested.
my @need = map { /(.*)\.c$/ ? "build/$1" : () } map { @$_ } values %tests;
for my $w (1 .. (@others ? $workers : 0)) {
    copy_tree("$B/tree$w");
    quiet($w, "make -j$workers OPT=-O1 WARN= all build/$CROSSCHECK build/$JETS @need") == 0
        or die "the unchanged tree does not build; see $B/log$w\n";
}
for my $test (@others ? (map({ @$_ } values %tests), $CROSSCHECK, $JETS) : ()) {
    my $start = time;
    $limit{$test} = 300;
    die "the unchanged tree is red in $test; see $B/log1\n" if red(1, $test);
    $seconds{$test} = time - $start;
    $limit{$test} = 10 + 8 * int($seconds{$test} + 1);
}
my $compile = @others ? command('mlfunc/ball/eval.c', 'build/mlfunc/ball/eval.o') : '';
my $link = @others ? command('validation/tap/tap.c', "build/$CROSSCHECK") : '';
printf "mutants: %d faults in %d files, %d workers, ready after %d s\n",
    scalar @order, scalar @FILES, $workers, time - $START;

# Until n of the first faults have a verdict; what does not compile is no fault.
my @drawn;
for (my $first = 0; @drawn < $n && $first < @order;) {
    my $last = $first + $n - @drawn - 1;
    $last = $#order if $last > $#order;
    my @todo = grep { my $k = name($_);
        !$equivalent{$k} && (is_double($_->{file}) ? !settled($k)
            : ($known{$k} // 'survived') eq 'survived') }
        @order[ $first .. $last ];
    # first those that nothing is known of
    try_all(sort { defined $known{ name($a) } <=> defined $known{ name($b) } } @todo)
        if @todo;
    read_results();
    for my $f (@order[ $first .. $last ]) {
        $f->{verdict} = $equivalent{ name($f) } ? 'equivalent' : $known{ name($f) };
        die "no verdict for " . name($f) . "\n" unless $f->{verdict};
        $f->{verdict} =~ s/\t(.*)//;
        push @drawn, $f unless $f->{verdict} eq 'uncompiled';
    }
    $first = $last + 1;
}

my %count = (killed => 0, equivalent => 0, survived => 0, open => 0);
my ($row, $stale) = (0, 0);
for my $f (@drawn) {
    my $class = $f->{verdict} =~ /^killed/ ? 'killed'
        : $f->{verdict} eq 'same code' ? 'equivalent' : $f->{verdict};
    $count{$class}++;
    $stale++ if $class eq 'killed' && is_double($f->{file}) && !$fresh{ name($f) };
    printf "%3d  %-28s %s:%d  %s   %s\n", ++$row, $f->{verdict}, $f->{file},
        $f->{row} + 1, $f->{change}, trim($f->{was});
    print "     proof: ", $equivalent{ name($f) } // 'the compiler makes the same code of it', "\n"
        if $class eq 'equivalent';
}
print "mutants: $count{open} left open\n" if $count{open};
print "mutants: $stale of them killed with earlier sources\n" if $stale;
printf "mutants: seed %s: %d drawn, %d killed, %d proved equivalent, %d survived; %d s\n",
    $seed, $row, $count{killed}, $count{equivalent}, $count{survived},
    time - $START;
exit($count{survived} || $count{open} ? 1 : 0);

sub read_results {
    open my $h, '<', "$B/results.tsv" or return;
    (%known, %fresh, %kills) = ();
    while (<$h>) {
        chomp;
        my @c = split /\t/;
        my $k = join "\t", @c[ 0 .. 2 ];
        $known{$k} = $c[3];
        # of the doubles: how, and with which sources
        $known{$k} .= "\t$c[6]" if defined $c[7];
        $fresh{$k} = ($c[7] // '') eq sources() if is_double($c[0]);
        $kills{ $c[0] }{$1}++ if $c[3] =~ /^killed: (.*)/;
    }
}

# Files that differ are copied, files that are gone are removed.
sub copy_tree {
    my ($tree) = @_;
    my %have;
    make_path($tree);
    for my $file (split /\0/, `git ls-files -z --cached --others --exclude-standard`) {
        next if !-f $file;
        $have{$file} = 1;
        next if compare($file, "$tree/$file") == 0;
        make_path(dirname("$tree/$file"));
        copy($file, "$tree/$file") or die "$file: $!\n";
        chmod((stat $file)[2] & 0777, "$tree/$file");
    }
    for my $file (split /\0/, `cd $tree && find . -name build -prune -o -type f -print0`) {
        $file =~ s{^\./}{};
        unlink "$tree/$file" unless $have{$file};
    }
}

sub quiet {
    my ($w, $command) = @_;
    return system("cd $B/tree$w && ulimit -S -v 4000000; (export ML_EFFORT=1 ML_BUILD=build"
        . " MAKEFLAGS=; $command) > ../log$w 2>&1");
}

# The command by which make builds a target when this source has changed.
sub command {
    my ($source, $target) = @_;
    my @lines = grep { / -o \Q$target\E / }
        split /\n/, `cd $B/tree1 && MAKEFLAGS= make -n OPT=-O1 WARN= -W $source $target`;
    die "no command for $target\n" unless @lines;
    return $lines[-1];
}

sub with { my ($text, $from, $to) = @_; $text =~ s/\Q$from\E/$to/g; return $text }

sub build_program {
    my ($w, $name) = @_;
    return quiet($w, with($link, "build/$CROSSCHECK", "build/$name")
        =~ s{build/\Q$name\E\.o}{build/$name.o}r);
}

# Does this test fail?  It is linked anew.
sub red {
    my ($w, $test) = @_;
    my $run = "timeout $limit{$test}";
    if (my $arguments = $ARGUMENTS{$test}) {
        return 1 if $link && build_program($w, $test);
        return quiet($w, "$run build/$test $arguments") != 0;
    }
    if ($test =~ /(.*)\.c$/) {
        my $name = $1;
        return 1 if $link && build_program($w, $name);
        return quiet($w, "$run build/$name") != 0;
    }
    return 1 if $link && quiet($w, 'make OPT=-O1 WARN= build/mlref');
    return quiet($w, "$run sh $test") != 0;
}

# The tests of the file's room, the likeliest to notice first.
sub tests_for {
    my ($file) = @_;
    my ($room) = $file =~ m{^([^/]+)/};
    my $stem = basename($file, '.c');
    my %near;
    for my $t (@{ $tests{$room} }) {
        my ($name) = $t =~ m{/t-(.*)\.\w+$};
        $near{$t} = $name eq $stem ? 1000
            : 3 * ($kills{$file}{$t} // 0)
            + ($stem =~ /^\Q$name\E/ || $name =~ /^\Q$stem\E/ ? 2 : 0);
    }
    return sort({ $near{$b} <=> $near{$a} || $seconds{$a} <=> $seconds{$b} }
        keys %near), $CROSSCHECK, $JETS;
}

# The archive of a directory is DIR/libNAME.a.
sub put_object {
    my ($object) = @_;
    my $dir = dirname($object);
    return "ar r $dir/lib" . basename($dir) . ".a $object";
}

# Compiled?  Killed, by what?
sub trial {
    my ($w, $f) = @_;
    my $object = 'build/' . ($f->{file} =~ s/\.c$/.o/r);
    my $cc = with(with($compile, 'build/mlfunc/ball/eval.o', $object),
        'mlfunc/ball/eval.c', $f->{file});
    my ($here, $was) = ("$B/tree$w/$object", "$B/was$w.o");
    copy($here, $was) or die "$here: $!\n";
    return 'uncompiled' if quiet($w, $cc);
    return 'same code' if compare($here, $was) == 0;
    die "see $B/log$w\n" if quiet($w, put_object($object));
    for my $t (tests_for($f->{file})) {
        return "killed: $t" if red($w, $t);
    }
    return 'survived';
}

# Each worker takes the next fault that nobody has taken.
sub try_all {
    my @todo = @_;
    open my $next, '+>', "$B/next" or die "$B/next: $!\n";
    for my $w (1 .. $workers) {
        my $pid = fork // die "fork: $!\n";
        next if $pid;
        open my $h, '+<', "$B/next" or die "$B/next: $!\n";
        while (defined(my $i = take($h, scalar @todo))) {
            one_fault($w, $todo[$i]);
        }
        exit 0;
    }
    1 while wait != -1;
}

sub take {
    my ($h, $limit) = @_;
    flock $h, LOCK_EX;
    seek $h, 0, 0;
    my $i = <$h> // 0;
    seek $h, 0, 0;
    print $h $i + 1, "\n";
    $h->flush;
    flock $h, LOCK_UN;
    return $i < $limit ? $i : undef;
}

sub one_fault {
    my ($w, $f) = @_;
    my $path = "$B/tree$w/$f->{file}";
    my $start = time;
    open my $in, '<', $path or die "$path: $!\n";
    my $text = do { local $/; <$in> };
    close $in;
    my @line = split /\n/, $text, -1;
    $line[ $f->{row} ] = $f->{text};
    my $double = is_double($f->{file});
    my @age = (stat $path)[ 8, 9 ];
    write_file($path, join "\n", @line);
    my ($verdict, $stage) = $double ? double_trial($w, $f) : (trial($w, $f), '');
    write_file($path, $text);
    utime @age, $path if $double;
    my $object = 'build/' . ($f->{file} =~ s/\.c$/.o/r);
    my $cc = with(with($compile, 'build/mlfunc/ball/eval.o', $object),
        'mlfunc/ball/eval.c', $f->{file});
    die "$f->{file} does not build any more\n"
        if !$double && quiet($w, "$cc && " . put_object($object));
    open my $out, '>>', "$B/results.tsv" or die "$B/results.tsv: $!\n";
    flock $out, LOCK_EX;
    print $out join("\t", name($f), $verdict, "$f->{file}:" . ($f->{row} + 1),
        trim($f->{was}), $double ? ($stage, sources()) : ()), "\n";
    close $out;
    $kills{ $f->{file} }{$1}++ if $verdict =~ /^killed: (.*)/;
    printf "# %5.1f s  %s  %s:%d  %s   %s\n", time - $start, $verdict, $f->{file},
        $f->{row} + 1, $f->{change}, trim($f->{was});
    STDOUT->flush;
}

sub write_file {
    my ($path, $text) = @_;
    open my $h, '>', $path or die "$path: $!\n";
    print $h $text;
    close $h;
}
