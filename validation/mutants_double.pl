# validation/mutants_double.pl - faults of mlfunc/double; mutants.pl requires it.
#
# Headers carry code here, compiled into many objects, some of them once for
# each instruction set.  So a fault is tried in stages, the first that turns a
# test red ends it:
#
#   table  a generated table: the test that makes it anew
#   own    the unit tests that include the changed file themselves, compiled and
#          linked with the old archive
#   core   the objects of the one-off evaluator for this machine, with the tests
#          that do not compare instruction sets; then those for all machines;
#          points against balls; the unit tests that only link it
#   all    all objects that depend on the file, all tests of the doubles
#   memory with SANE=1: the likeliest four, with what differs under the sanitizers
#
# and after all tests that look at doubles themselves, since it only says that
# something is different, the digest of the bits of known answers (LAST).
#
# An object that comes out as it was proves nothing was changed in it; if all do,
# the fault is equivalent.  Verdicts hold for the sources they were found with,
# of which the results keep a hash: with others, the test that has killed a fault
# is the first to be tried, by the same stage.  LOOSE=1 goes on without tests
# that are red.  QUICK=6 tries six tests in each of the first two stages alone and
# leaves the rest open, for a run that asks more later; DIGEST=1 then asks five
# tests and the digest before all others.  Nothing here goes through make, which would build all that
# depends on a file for the first test: the commands are read from `make -nB`
# once, for code of -O1, which does the same and is there sooner.  Limits are of
# processor time, so that a busy machine changes no verdict.

use strict;
use warnings;
use Digest::SHA qw(sha1_hex);
use File::Basename qw(basename dirname);
use File::Compare qw(compare);
use File::Copy qw(copy);

our ($B, %known, %limit, %seconds, %kills);

my $POINTS = 'validation/checks/v-doubles';
my %arguments = ($POINTS => '--threads 1 --calls 200 8000',
    'validation/checks/v-doubles_jet' => '2000');
my $ARCHIVE = 'build/mlfunc/double/libdouble.a';
my $LAST = qr/_known$/;
my $MAKE = "OPT=-O1 WARN= opt-lanes=-O1";
my (%command, @tests, %uses, %compares, %linked);
my $best = ''; # the instruction set that serves here

sub is_double { return $_[0] =~ m{^mlfunc/double/} }

# Everything but status.c and what only steers.
sub double_files {
    return grep { !/_plan_steer\.[ch]$|\/status\.c$/ }
        glob('mlfunc/double/*.c mlfunc/double/*.h');
}

# ------------------------------------------------------------------- faults

my $HEX = qr/(?<![\w.])0x[0-9a-fA-F]+(?:\.[0-9a-fA-F]+)?p[-+]?\d+/;
my $DECIMAL = qr/(?<![\w.])(?:\d+\.\d*(?:[eE][-+]?\d+)?|\d+[eE][-+]?\d+)/;

# Twice and half of it, and another last digit where there are digits.
sub hex_faults {
    my ($token) = @_;
    my ($digits, $power) = $token =~ /^0x([0-9a-fA-F.]+)p([-+]?\d+)$/;
    my @new = map { sprintf '0x%sp%+d', $digits, $power + $_ } 1, -1;
    push @new, last_digit($token) if $digits =~ /\./;
    return @new;
}

sub last_digit {
    my ($token) = @_;
    my ($head, $digit, $tail) = $token =~ /^(.*)([0-9a-fA-F])(p.*)$/;
    return $head . sprintf('%x', hex($digit) ^ 1) . $tail;
}

sub decimal_faults {
    my ($token) = @_;
    return map { my $x = sprintf '%.17g', $token * $_;
        $x =~ /[.e]/ ? $x : "$x.0" } 2, 0.5;
}

my @EXTRA = (
    [ sign => qr/(?<=[\w\)\]] )([-+])=(?= )/, { '+' => ['-'], '-' => ['+'] } ],
    [ sign => qr/(?:(?<=[=(,{?:] )|(?<=[({])|(?<=return ))(-)(?=[a-zA-Z_(])/,
        { '-' => [''] } ],
    [ sign => qr/\b(l?dd_add|l?dd_sub)(?=_d\(|\()/,
        { dd_add => ['dd_sub'], dd_sub => ['dd_add'],
          ldd_add => ['ldd_sub'], ldd_sub => ['ldd_add'] } ],
    [ logic => qr/ (&&|\|\|)(?= |$)/, { '&&' => ['||'], '||' => ['&&'] } ],
    [ constant => qr/($HEX)/, \&hex_faults ],
    [ constant => qr/($DECIMAL)/, \&decimal_faults ],
);

# [from, to, token, kind, new...] of a line of code; @rules are the common ones.
sub double_line {
    my ($code, @rules) = @_;
    my @found;
    my $bare = $code;
    $bare =~ s/($HEX|$DECIMAL)/"\x01" x length $1/ge;
    for my $rule (@rules, @EXTRA) {
        my ($kind, $pattern, $map) = @$rule;
        my $line = $kind eq 'constant' && ref $map ne 'CODE' ? $bare : $code;
        while ($line =~ /$pattern/g) {
            my ($from, $to, $token) = ($-[1], $+[1], $1);
            my @new = ref $map eq 'CODE' ? $map->($token)
                : ref $map ? @{ $map->{$token} || [] }
                : length($token) > 9 ? ()
                : ($token + 1, $token > 0 ? $token - 1 : ());
            push @found, [ $from, $to, $token, $kind, @new ] if @new;
        }
    }
    return @found;
}

# A generated table: at most so many entries, one bit of each.
sub table_faults {
    my ($file, @line) = @_;
    my @rows = grep { $line[$_] =~ /$HEX|(?<![\w.])\d+,/ && $line[$_] !~ /^[#\/ ]?\*/ }
        6 .. $#line;
    my $step = 1 + int(@rows / 100);
    my @all;
    for (my $k = 0; $k < @rows; $k += $step) {
        my $i = $rows[$k];
        my $pick = hex substr sha1_hex("$file $line[$i]"), 0, 6;
        my @at;
        push @at, [ $-[0], $+[0] ] while $line[$i] =~ /$HEX|(?<![\w.])\d+(?=,)/g;
        next unless @at;
        my ($from, $to) = @{ $at[ $pick % @at ] };
        my $token = substr $line[$i], $from, $to - $from;
        my $new = $token =~ /^0x0p/ ? '0x1p-60'
            : $token =~ /^0x[0-9a-fA-F]+p/ ? $token =~ s/p/.0000000000001p/r
            : $token =~ /^0x/ ? last_digit($token) : $token + 1;
        push @all, [ $i, $from, $to, $token, 'table', $new ];
    }
    return @all;
}

# -------------------------------------------------------------------- set-up

sub read_commands {
    my ($tree, @targets) = @_;
    my $gold = system('ld.gold --version >/dev/null 2>&1') ? '' : ' -fuse-ld=gold';
    for (split /\n/, `cd $tree && MAKEFLAGS= make -nB $MAKE @targets 2>/dev/null`) {
        next unless / -o (\S+) /;
        my $target = $1;
        $command{$target} = $target =~ /\.[oa]$/ ? $_ : "$_$gold";
    }
}

# The tests of the doubles: they name a function of theirs, or a header.
sub double_tests {
    my $names = qr{mlfunc/double/|ml_mittleff_(?:d|bound_d|z|array_d|jet_dd?)\b|ml_(?:relaxation|siegert|kww)_jet_d\b|ml_plan_|ml_cpu|ml_arithmetic_ok};
    my @all;
    for my $c (sort(glob('*/test/t-*.c validation/checks/v-*.c'))) {
        my $text = slurp($c);
        next unless $text =~ $names;
        push @all, $c =~ s/\.c$//r;
        $compares{ $all[-1] } = 1 if $text =~ /ml_cpu|ML_VARIANT|dd_tests|variant|kernels/;
    }
    return @all;
}

sub slurp {
    my ($path) = @_;
    open my $h, '<', $path or die "$path: $!\n";
    local $/;
    return <$h> // '';
}

# What the verdicts depend on.
my $state;

sub sources {
    return $state //= substr sha1_hex(join "\0", %arguments{ sort keys %arguments }, map { $_, slurp($_) } sort grep { -f }
        'Makefile', split /\0/, `git ls-files -z --cached --others --exclude-standard mlfunc base validation/*.[ch] validation/checks/*.c validation/tap`), 0, 10;
}

# Builds a tree for each worker and keeps a copy of what was built, unless it has
# been done for the same sources.
sub double_setup {
    my ($workers) = @_;
    my $ready = "$B/ready";
    my %same = map { split /\t/ } -f $ready ? split /\n/, slurp($ready) : ();
    my $again = ($same{state} // '') eq sources() && ($same{workers} // 0) >= $workers;
    @tests = double_tests();
    my @targets = map { "build/$_" } @tests;
    for my $w ($again ? 1 .. $workers : 1) {
        copy_tree("$B/tree$w");
        # an interrupted run may have left something
        !$again || quiet($w, "rm -rf build && cp -a ../old$w build") == 0
            or die "cannot copy $B/old$w\n";
    }
    if (!$again) {
        unlink $ready;
        quiet(1, "make -k -j$workers $MAKE @targets");
        my @without = grep { !-x "$B/tree1/build/$_" } @tests;
        die "the unchanged tree does not build; see $B/log1\n"
            if grep { $_ eq $POINTS } @without;
        print "mutants: left out, because they do not build: @without\n" if @without;
    }
    @tests = grep { -x "$B/tree1/build/$_" } @tests;
    read_commands("$B/tree1", map { "build/$_" } @tests);
    for my $o (grep { /\.o$/ } keys %command) {
        open my $h, '<', "$B/tree1/" . ($o =~ s/o$/d/r) or next;
        my $text = do { local $/; <$h> };
        $text =~ s/\\\n//g;
        my ($rest) = $text =~ /^[^:]*:(.*)$/m;
        $uses{$o}{$_} = 1 for split ' ', $rest;
    }
    my $flags = -f '/proc/cpuinfo' ? slurp('/proc/cpuinfo') : '';
    if (!$again) { # all programs by these commands, as those of faults
        for my $t (@tests) {
            quiet(1, $command{"build/$t"}) == 0 or die "$t: see $B/log1\n";
        }
        for my $w (1 .. $workers) {
            system("cd $B && rm -rf old$w" . ($w > 1 ? " tree$w && cp -a tree1 tree$w" : '')
                . " && cp -a tree$w/build old$w") == 0 or die "cannot copy $B/tree1\n";
        }
    }
    $best = $flags =~ /\bavx512vl\b/ ? 'avx512' : $flags =~ /\bavx2\b/ ? 'avx2' : 'baseline';
    if (!$again) {
        time_tests();
        write_file($ready, join '', map { "$_\n" } "state\t" . sources(),
            "workers\t$workers", map { "$_\t$seconds{$_}" } sort keys %seconds);
    } else {
        $seconds{$_} = $same{$_} for grep { defined $same{$_} } @tests;
    }
    # Slow ones are not for this.
    delete @seconds{ grep { $seconds{$_} > 15 } keys %seconds };
    $limit{$_} = 10 + 8 * int($seconds{$_} + 1) for keys %seconds;
    @tests = grep { defined $seconds{$_} } @tests;
}

sub time_tests {
    for my $t (@tests) {
        my $start = (times)[2];
        $limit{$t} = 100;
        if (run_test(1, $t)) {
            die "the unchanged tree is red in $t; see $B/log1\n" unless $ENV{LOOSE};
            print "mutants: left out, because it is red: $t\n";
            next;
        }
        $seconds{$t} = sprintf '%.2f', (times)[2] - $start;
    }
}

sub run_test {
    my ($w, $t) = @_;
    return quiet($w, "ulimit -t $limit{$t}; timeout 900 build/$t " . ($arguments{$t} // ''));
}

# ---------------------------------------------------------------------- trial

# Compiles objects; 'uncompiled', or undef and pushes those that differ.
sub compile {
    my ($w, $changed, @objects) = @_;
    for my $o (@objects) {
        return 'uncompiled' if quiet($w, $command{$o});
        push @$changed, $o if compare("$B/tree$w/$o", "$B/old$w/" . ($o =~ s{^build/}{}r)) != 0;
    }
    return undef;
}

sub red_double {
    my ($w, $t) = @_;
    return 1 if quiet($w, $command{"build/$t"});
    my $program = sha1_hex(slurp("$B/tree$w/build/$t"));
    $linked{$t} //= sha1_hex(slurp("$B/old$w/$t"));
    # the program that was green: nothing it is made of has changed
    return 0 if $program eq $linked{$t};
    return 1 if run_test($w, $t);
    $linked{$t} = $program;
    return 0;
}

sub double_trial {
    my ($w, $f) = @_;
    %linked = ();
    my ($verdict, $stage) = eval { try_stages($w, $f->{file}, $known{ name($f) } // '') };
    my $why = $@;
    # All that was built is as it was.
    quiet($w, "cp -a ../old$w/mlfunc/double/. build/mlfunc/double/ && "
        . "for o in build/mlfunc/test/*.o build/validation/*.o build/validation/checks/*.o"
        . " build/*/test/*.o @{[map { qq(build/$_) } sort keys %linked]}; do "
        . "cmp -s \$o ../old$w/\${o#build/} || cp -a ../old$w/\${o#build/} \$o; done");
    die $why if $why;
    return ($verdict, $stage);
}

# Objects of the file: those of the one-off evaluator for this machine, for all
# machines, and all.
sub objects_of {
    my ($file) = @_;
    my @all = grep { $uses{$_}{$file} } sort keys %uses;
    my @core = grep { m{^build/mlfunc/double/} && !/complex|jet|plan|batch|mittleff_z/ } @all;
    my @here = grep { !/\.(?:baseline|avx2|avx512)\.o$/ || /\.$best\.o$/ } @core;
    return (here => \@here, core => \@core, all => \@all);
}

sub try_stages {
    my ($w, $file, $before) = @_;
    my (@changed, %done, $result);
    my %objects = objects_of($file);
    return ('survived', '-') unless @{ $objects{all} }; # nothing is made of it

    # Compiles what has not been, puts it into the archive.
    my $make = sub {
        my @o = grep { $uses{$_}{$file} && !$done{$_}++ } @_;
        my @a = grep { m{^build/mlfunc/double/} } @o;
        $result = compile($w, \@changed, @o)
            // (@a && quiet($w, "ar r $ARCHIVE @a") ? 'killed: archive' : undef);
        return !$result;
    };
    my $red = sub {
        my ($t, $stage) = @_;
        my @own = ("build/$t.o", helpers($t));
        return 1 unless $make->(@own);
        my $same = $stage eq 'own' ? 1 : !grep { m{^build/mlfunc/double/} } @changed;
        $same &&= !grep { my $o = $_; grep { $_ eq $o } @own } @changed;
        return 0 if $same || !red_double($w, $t);
        $result = "killed: $t";
        return 1;
    };
    my $stage_tests = sub {
        my ($stage) = @_;
        return grep { m{/test/} && $uses{"build/$_.o"}{$file} && !/$LAST/ } @tests
            if $stage eq 'own';
        return @tests if $stage eq 'all';
        # not those that would see that machines, or real and complex, differ
        return grep { (m{/test/t-double} || $_ eq $POINTS) && !/$LAST|complex|jet|batch|plan/
            && ($stage eq 'core' xor !$compares{$_}) } @tests;
    };

    # The test that did it before, by the same stage.
    if ($before =~ /^killed: (\S+)\t(\w+)/ && $2 ne 'table' && $1 !~ $LAST) {
        my ($t, $stage) = ($1, $2);
        if (grep { $_ eq $t } @tests) {
            $make->(@{ $objects{$stage} || [] }) or return ($result, $stage);
            return ($result, $stage) if $red->($t, $stage);
        }
    }
    my $stem = basename($file, '.c');
    my ($table) = grep { basename($_) =~ /^t-(?:double_)?\Q$stem\E$/ } @tests;
    return ("killed: $table", 'table')
        if $table && $file =~ /_table\.c$/ && run_test($w, $table);
    my $rest = $ENV{DIGEST} && $before =~ /^open/;
    for my $stage ($rest ? 'all' : qw(own here core all)) {
        return ('open', '-') if $ENV{QUICK} && $stage eq 'core';
        my $tries = 0;
        $make->(@{ $objects{$stage} || [] }) or return ($result, $stage);
        return ('same code', '-') if $stage eq 'all' && !@changed;
        my @some = $stage_tests->($stage);
        my @more = grep { !m{/[tv]-double} } @some; # they see doubles from far
        @some = grep { m{/[tv]-double} } @some;
        my @order = by_chance($file, grep { !/$LAST/ } @some);
        my @digest = grep { /$LAST/ } @some;
        splice @order, ($rest && @order > 5 ? 5 : @order), 0, @digest;
        for my $t (@order, by_chance($file, @more)) {
            last if $ENV{QUICK} && $tries++ >= $ENV{QUICK};
            return ($result, $stage) if $red->($t, $stage);
        }
    }
    # SANE=1: under the sanitizers, too, where `make asan` is green
    return ("survived", "-") unless $ENV{SANE};
    for my $t ((by_chance($file, grep { m{/test/t-double} } @tests))[0 .. 3]) {
        return ("killed: $t, sanitized", 'memory') if sanitized($w, $t, @changed);
    }
    return ('survived', '-');
}

# Is a test red when the objects that differ are sanitized?
sub sanitized {
    my ($w, $t, @changed) = @_;
    my $by = ' -fsanitize=address,undefined -fno-sanitize-recover=undefined ';
    my @o = grep { m{^build/mlfunc/double/} || $_ eq "build/$t.o" } @changed;
    my $link = $command{"build/$t"} =~ s{ build/\Q$t\E\.o }{ }r;
    my @all = map { s{^build/}{build/sane/}r } @o;
    push @all, "build/$t.o" unless grep { $_ eq "build/$t.o" } @o;
    for my $o (@o) {
        my $to = $o =~ s{^build/}{build/sane/}r;
        return 0 if quiet($w, 'mkdir -p ' . dirname($to) . ' && '
            . $command{$o} =~ s{ -o \S+}{$by -o $to}r);
    }
    $link =~ s{ -o \S+}{$by -o build/sane/test @all};
    $link =~ s{ -fuse-ld=gold}{};
    return 0 if quiet($w, $link);
    return quiet($w, "ulimit -v unlimited; ulimit -t 200; export ASAN_OPTIONS=detect_leaks=0; build/sane/test "
        . ($arguments{$t} // ''));
}

# Objects that a test is linked with and that are neither in an archive nor common.
sub helpers {
    my ($t) = @_;
    return grep { m{/test/} && $_ ne "build/$t.o" } ($command{"build/$t"} // '') =~ /(\S+\.o)\b/g;
}

# The likeliest to notice first, then the quickest.
sub by_chance {
    my ($file, @some) = @_;
    my $stem = basename($file) =~ s/\.[ch]$//r =~ s/^lanes_//r =~ s/_d$//r;
    my %near;
    for my $t (@some) {
        my $name = basename($t) =~ s/^t-(?:double_)?//r;
        $near{$t} = 3 * ($kills{$file}{$t} // 0)
            + ($name eq $stem ? 100 : $name =~ /^\Q$stem\E/ || $stem =~ /^\Q$name\E/ ? 2 : 0)
            + ($t eq $POINTS ? 40 : 0) + ($name =~ /^stated/ ? 50 : 0)
            + ($file =~ /(jet|complex|plan|batch|mittleff_z)/ && $name =~ /$1/ ? 60 : 0);
    }
    return sort { $near{$b} <=> $near{$a} || ($seconds{$a} // 0) <=> ($seconds{$b} // 0)
        || $a cmp $b } @some;
}

1;
