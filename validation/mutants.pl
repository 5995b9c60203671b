#!/usr/bin/perl
# validation/mutants.pl - plant generated faults; each must turn a test red.
#
#   mutants.pl list                      every fault, one a line
#   mutants.pl run N SEED                N faults drawn by SEED, in a copy
#
# Faults are generated, not chosen: in every file named in FILES, each sign,
# comparison, integer constant, index limit and rounding direction is changed
# in turn.  A fault is named by its file, a hash of the line's text with the
# number of earlier equal lines, and the change, so that the name survives
# edits elsewhere.  Results are appended to build/mutants/results.tsv; a run
# that was stopped goes on where it was.
#
# Each fault meets, in this order and until one turns red: the unit tests of
# its room (the one named after its file first), 200 cross-checks.  A test that
# hangs is red.
# A survivor must stand in validation/mutants.tsv with a one-line proof that
# it is equivalent (no input can tell it from the original).

use strict;
use warnings;
use Digest::SHA qw(sha1_hex);
use File::Basename qw(basename dirname);
use File::Compare qw(compare);
use File::Copy qw(copy);
use File::Path qw(make_path);

# Code that carries bounds.  *_plan.c only steers (a wrong guess there costs
# time or width, never truth), and no bound is claimed for the jets of fits.
my @FILES = grep { !/_plan\.c$|\/jet\.c$|\/status\.c$/ }
    (glob('mlfunc/ball/*.c'), glob('base/format*.c'));
my $B = ($ENV{ML_BUILD} || 'build') . '/mutants';

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
        my %seen;
        for my $i (0 .. $#line) {
            my $id = substr(sha1_hex($line[$i]), 0, 8) . '.' . $seen{$line[$i]}++;
            for my $rule (@RULES) {
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

sub name { my $f = shift; return join "\t", $f->{file}, $f->{id}, $f->{change} }

sub trim { my $s = shift; $s =~ s/^\s+|\s+$//g; $s =~ s/\t/ /g; return $s }

my ($verb, $n, $seed) = (@ARGV, 30, 1);
if (($verb || '') eq 'list') {
    printf "%s\t%s\t%s:%d\t%s\n", name($_), $_->{kind}, $_->{file}, $_->{row} + 1,
        trim($_->{was}) for faults();
    exit 0;
}
die "usage: mutants.pl list | run N SEED\n" unless ($verb || '') eq 'run';
($n, $seed) = @ARGV[ 1, 2 ];

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

# A copy of the tree, built once.
make_path($B);
my $tree = "$B/tree";
for my $file (split /\0/, `git ls-files -z --cached --others --exclude-standard`) {
    next if !-f $file || compare($file, "$tree/$file") == 0;
    make_path(dirname("$tree/$file"));
    copy($file, "$tree/$file") or die "$file: $!\n";
    chmod((stat $file)[2] & 0777, "$tree/$file");
}
sub quiet { return system("cd $tree && ($_[0]) > ../log 2>&1") }
my $make = 'ML_EFFORT=1 MAKEFLAGS= make';
my $crosscheck = 'build/validation/checks/v-crosscheck';
quiet("$make -j2 all $crosscheck") == 0
    or die "the unchanged tree does not build; see $B/log\n";
for my $room ('mlfunc', 'base') {
    my $red = first_red($room, '');
    die "the unchanged tree is red in $red; see $B/log\n" if $red;
}
quiet("timeout 300 $crosscheck 200") == 0
    or die "the unchanged tree fails the cross-checks; see $B/log\n";

my %known;
if (open my $h, '<', "$B/results.tsv") {
    while (<$h>) {
        chomp;
        my @c = split /\t/;
        $known{ join "\t", @c[ 0 .. 2 ] } = $c[3];
    }
    close $h;
}

my %count = (killed => 0, equivalent => 0, survived => 0);
my $done = 0;
for my $f (@order) {
    last if $done >= $n;
    my $key = name($f);
    my $verdict = $known{$key};
    $verdict = 'equivalent' if $equivalent{$key};
    if (!$verdict || ($verdict eq 'survived')) {
        next if $verdict && $verdict eq 'uncompiled';
        open my $in, '<', "$tree/$f->{file}" or die "$f->{file}: $!\n";
        my @line = split /\n/, do { local $/; <$in> }, -1;
        close $in;
        my @orig = @line;
        $line[ $f->{row} ] = $f->{text};
        write_file("$tree/$f->{file}", join "\n", @line);
        $verdict = $equivalent{$key} ? 'equivalent' : trial($f);
        write_file("$tree/$f->{file}", join "\n", @orig);
        open my $out, '>>', "$B/results.tsv" or die;
        print $out join("\t", $key, $verdict, "$f->{file}:" . ($f->{row} + 1),
            trim($f->{was})), "\n";
        close $out;
    }
    next if $verdict eq 'uncompiled'; # no program, no fault: draw another
    $done++;
    my $class = $verdict =~ /^killed/ ? 'killed' : $verdict;
    $count{$class}++;
    printf "%3d  %-28s %s:%d  %s   %s\n", $done, $verdict, $f->{file},
        $f->{row} + 1, $f->{change}, trim($f->{was});
    print "     proof: $equivalent{$key}\n" if $equivalent{$key};
}
quiet("$make all");
printf "mutants: seed %s: %d drawn, %d killed, %d proved equivalent, %d survived\n",
    $seed, $done, $count{killed}, $count{equivalent}, $count{survived};
exit($count{survived} ? 1 : 0);

sub write_file {
    my ($path, $text) = @_;
    open my $h, '>', $path or die "$path: $!\n";
    print $h $text;
    close $h;
}

# The first unit test of a room that is red, '' when none is; those whose names
# are closest to the file's come first.
sub first_red {
    my ($room, $file) = @_;
    my $stem = basename($file, '.c');
    my %near;
    for my $t (glob("$room/test/t-*.c $room/test/t-*.sh")) {
        my ($name) = $t =~ m{/t-(.*)\.\w+$};
        $near{$t} = $name eq $stem ? 0 : $stem =~ /^\Q$name\E/ ? 1
            : $name =~ /^\Q$stem\E/ ? 2 : 3;
    }
    for my $t (sort { $near{$a} <=> $near{$b} || $a cmp $b } keys %near) {
        my $program = $t =~ /(.*)\.c$/ ? "build/$1" : $t;
        my $build = $t =~ /\.c$/ ? "$make WARN= $program && " : '';
        return $t if quiet("$build ML_BUILD=build ML_EFFORT=1 timeout 120"
            . " prove --merge -e '' $program");
    }
    return '';
}

# Compiled?  Killed, by what?
sub trial {
    my ($f) = @_;
    my ($room) = $f->{file} =~ m{^([^/]+)/};
    return 'uncompiled' if quiet("$make -j2 all WARN=");
    my $red = first_red($room, $f->{file});
    return "killed: $red" if $red;
    return "killed: $crosscheck"
        if quiet("$make WARN= $crosscheck && timeout 300 $crosscheck 200");
    return 'survived';
}
