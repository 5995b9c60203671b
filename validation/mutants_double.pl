# validation/mutants_double.pl - faults of mlfunc/double; mutants.pl requires it.
#
# Headers carry code here, compiled into many objects, some of them once for
# each instruction set.  So a fault is tried in three stages, the first that
# turns a test red ends it:
#
#   1  a generated table: the test that makes it anew; else the unit tests that
#      include the changed file themselves, compiled and linked with the old
#      archive
#   2  the objects of the one-off evaluator, 2000 points against balls, the unit
#      tests that only link it, the bits of known answers last
#   3  all objects that depend on the file, all tests of the doubles
#
# An object that comes out as it was proves nothing was changed in it; if all do,
# the fault is equivalent.  LOOSE=1 goes on without tests that are red.  Nothing here goes through make, which would build
# all that depends on a file for the first test: the commands are read from
# `make -nB` once.

use strict;
use warnings;
use Digest::SHA qw(sha1_hex);
use File::Basename qw(basename);
use File::Compare qw(compare);
use File::Copy qw(copy);
use Time::HiRes qw(time);

our ($B, %limit, %seconds, %kills);

my $POINTS = 'validation/checks/v-doubles';
my %arguments = ($POINTS => '--threads 1 --calls 200 2000',
    'validation/checks/v-doubles_jet' => '40');
my $ARCHIVE = 'build/mlfunc/double/libdouble.a';
my (%command, @tests, %uses);

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
    for (split /\n/, `cd $tree && MAKEFLAGS= make -nB OPT=-O1 WARN= @targets 2>/dev/null`) {
        next unless / -o (\S+) /;
        my $target = $1;
        s{ -O3 }{ -O1 }; # code of -O1 does the same, and is there sooner
        $command{$target} = $_;
    }
}

# The tests of the doubles: they name a function of theirs, or a header.
sub double_tests {
    my $names = qr{mlfunc/double/|ml_mittleff_(?:d|bound_d|z|array_d|jet_dd?)\b|ml_(?:relaxation|siegert|kww)_jet_d\b|ml_plan_|ml_cpu|ml_arithmetic_ok};
    my @all;
    for my $c (sort(glob('*/test/t-*.c validation/checks/v-*.c'))) {
        open my $h, '<', $c or next;
        my $text = do { local $/; <$h> };
        push @all, $c =~ s/\.c$//r if $text =~ $names;
    }
    return @all;
}

# Builds the tree of each worker and keeps a copy of what was built.
sub double_setup {
    my ($workers) = @_;
    @tests = double_tests();
    my @targets = map { "build/$_" } @tests;
    for my $w (1 .. $workers) {
        my $tree = "$B/tree$w";
        copy_tree($tree);
        if (quiet($w, "make -k -j$workers OPT=-O1 WARN= @targets")) {
            my @without = grep { !-x "$tree/build/$_" } @tests;
            die "the unchanged tree does not build; see $B/log$w\n"
                if !@without || grep { $_ eq $POINTS } @without;
            print "mutants: left out, because they do not build: @without\n";
            @tests = grep { -x "$tree/build/$_" } @tests;
            @targets = map { "build/$_" } @tests;
        }
        read_commands($tree, @targets) if $w == 1;
        # as the commands make them, which may not be as make did
        for my $o (grep { m{^build/mlfunc/double/.*\.o$} } sort keys %command) {
            quiet($w, $command{$o}) == 0 or die "$o: see $B/log$w\n";
        }
        quiet($w, "ar rcs $ARCHIVE build/mlfunc/double/*.o") == 0
            or die "$ARCHIVE: see $B/log$w\n";
        quiet($w, 'rm -rf ../old' . $w . ' && cp -a build ../old' . $w) == 0
            or die "cannot copy $tree/build\n";
    }
    for my $o (grep { /\.o$/ } keys %command) {
        open my $h, '<', "$B/tree1/" . ($o =~ s/o$/d/r) or next;
        my $text = do { local $/; <$h> };
        $text =~ s/\\\n//g;
        my ($rest) = $text =~ /^[^:]*:(.*)$/m;
        $uses{$o}{$_} = 1 for split ' ', $rest;
    }
    for my $t (@tests) {
        my $start = time;
        $limit{$t} = 300;
        if (run_test(1, $t)) {
            die "the unchanged tree is red in $t; see $B/log1\n" unless $ENV{LOOSE};
            print "mutants: left out, because it is red: $t\n";
            next;
        }
        $seconds{$t} = time - $start;
        $limit{$t} = 10 + 8 * int($seconds{$t} + 1);
        # Slow ones are not for this.
        delete $seconds{$t} if $seconds{$t} > 20;
    }
    @tests = grep { defined $seconds{$_} } @tests;
}

sub run_test {
    my ($w, $t) = @_;
    return quiet($w, "timeout $limit{$t} build/$t " . ($arguments{$t} // ''));
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
    return run_test($w, $t) != 0;
}

sub double_trial {
    my ($w, $f) = @_;
    my $verdict = eval { try_stages($w, $f->{file}) };
    my $why = $@;
    # All that was built is as it was.
    quiet($w, "cp -a ../old$w/mlfunc/double/. build/mlfunc/double/ && "
        . "for o in build/mlfunc/test/*.o build/validation/*.o build/validation/checks/*.o; do "
        . "cmp -s \$o ../old$w/\${o#build/} || cp -a ../old$w/\${o#build/} \$o; done");
    die $why if $why;
    return $verdict;
}

sub try_stages {
    my ($w, $file) = @_;
    my (@changed, %done, $bad);
    my ($table) = grep { basename($_) eq 't-' . basename($file, '.c') } @tests;

    return "killed: $table" if $table && $file =~ /_table\.c$/ && run_test($w, $table);
    my @own = by_chance($file, grep { $uses{"build/$_.o"}{$file} } @tests);
    for my $t (grep { m{/test/} } @own) {
        my @o = grep { $uses{$_}{$file} } ("build/$t.o", helpers($t));
        return $bad if $bad = compile($w, \@changed, @o);
        $done{$_} = 1 for @o;
        next unless grep { my $o = $_; grep { $_ eq $o } @o } @changed;
        return "killed: $t" if red_double($w, $t);
    }
    my @all = grep { $uses{$_}{$file} } sort keys %uses;
    return 'survived' unless @all; # nothing is made of it
    my @core = grep { m{^build/mlfunc/double/} && !/complex|jet|plan|batch|mittleff_z/ } @all;
    my @rest = grep { my $o = $_; !$done{$o} && !grep { $_ eq $o } @core } @all;
    if (@core) {
        return $bad if $bad = compile($w, \@changed, @core);
        return 'killed: archive' if quiet($w, "ar r $ARCHIVE @core");
        if (grep { my $o = $_; grep { $_ eq $o } @core } @changed) {
            for my $t ($POINTS, by_chance($file, grep { m{/test/t-double} && !/_known$/ } @tests),
                grep { /_known$/ } @tests) {
                return "killed: $t" if $seconds{$t} && red_double($w, $t);
            }
        }
    }
    return $bad if @rest && ($bad = compile($w, \@changed, @rest));
    my @archived = grep { m{^build/mlfunc/double/} } @rest;
    return 'killed: archive' if @archived && quiet($w, "ar r $ARCHIVE @archived");
    return 'same code' unless @changed;
    for my $t (by_chance($file, grep { !/_known$/ } @tests), grep { /_known$/ } @tests) {
        return "killed: $t" if red_double($w, $t);
    }
    return 'survived';
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
            + ($name eq $stem ? 100 : $name =~ /^\Q$stem\E/ || $stem =~ /^\Q$name\E/ ? 2 : 0);
    }
    return sort { $near{$b} <=> $near{$a} || ($seconds{$a} // 0) <=> ($seconds{$b} // 0) } @some;
}

1;
