# validation/planted.pl - plants errors in right answers, and says what verify
# must make of them (for validation/checks/v-verify_truth.sh).
#
#   planted.pl plant SEED so|cmd TABLE ANSWERS EXPECTED
#   planted.pl judge EXPECTED DETAILS SUMMARY
#
# plant reads a certified table with a complex argument and draws, by SEED, for
# each region: nothing, one point, or the whole of it, and a kind of error.
# ANSWERS is for reference/adapters/planted.c; a line of EXPECTED is id, region,
# kind, the least and the largest error in ulp.
# judge prints one line for each thing that verify got wrong, and a count.
use strict;
use warnings;
use Math::BigFloat;

# Errors of a right answer: half an ulp, or both parts by half of theirs.
my ($HALF, $NORM) = (0.5, 0.70711);

# A congruential sequence; its high bits are drawn from.
my $state;
sub draw {
    my ($n) = @_;
    $state = ($state * 1103515245 + 12345) % 2147483648 for 1 .. 3;
    return int($state / 2147483648 * $n);
}

sub read_rows {
    my ($name) = @_;
    open my $in, '<', $name or die "$name: $!\n";
    my (@names, @rows);
    while (<$in>) {
        next if /^#/;
        chomp;
        my @cells = split /\t/, $_, -1;
        if (!@names) { @names = @cells; next }
        my %row;
        @row{@names} = @cells;
        push @rows, \%row;
    }
    return @rows;
}

sub hexfloat {
    my ($s) = @_;
    $s =~ /^(-?)0x([01])\.?([0-9a-f]*)p([-+]\d+)$/ or die "planted: $s\n";
    my ($sign, $lead, $rest, $e) = ($1, $2, $3, $4);
    no warnings 'portable';
    my $m = hex("$lead$rest");    # at most 53 bits: exact
    return ($sign ? -1 : 1) * $m * 2**($e - 4 * length $rest) if $e > -1000;
    # in two steps, so that the power of two does not vanish first
    return ($sign ? -1 : 1) * $m * 2**-500 * 2**($e + 500 - 4 * length $rest);
}

sub text { return sprintf '%.17g', $_[0] }

# 2^(floor(log2 |E|) - 52)
sub ulp {
    my ($re, $im) = @_;
    my $size = sqrt($re * $re + $im * $im);
    my $e = int(log($size) / log(2)) + 2;
    $e-- while 2**$e > $size;
    return 2**($e - 52);
}

# A point where every kind of error is an error: neither small nor large, no
# power of two near by.
sub is_plain {
    my ($row) = @_;
    return 0 if $row->{re_hex} =~ /inf/ || ($row->{im_hex} // '') =~ /inf/;
    my ($re, $im) = (hexfloat($row->{re_hex}), hexfloat($row->{im_hex}));
    my $size = sqrt($re * $re + $im * $im);
    return 0 if $size < 1e-140 || $size > 1e140;
    my $fraction = $size / (ulp($re, $im) * 2**52);
    return $fraction > 1.001 && $fraction < 1.999;
}

# The value moved by k ulp away from the truth, in its larger part.
sub moved {
    my ($row, $k) = @_;
    my ($re, $im) = (hexfloat($row->{re_hex}), hexfloat($row->{im_hex}));
    my $part = abs($re) >= abs($im) ? 're' : 'im';
    my $x = $part eq 're' ? $re : $im;
    (my $digits = $row->{$part}) =~ s/=$//;
    my $above = Math::BigFloat->new(sprintf '%.60g', $x) >= Math::BigFloat->new($digits);
    $x += ($above ? 1 : -1) * $k * ulp($re, $im);
    return $part eq 're' ? (text($x), text($im)) : (text($re), text($x));
}

# kind => [ kind that verify says, least ulp, largest ulp, the answer ]
my %plant = (
    '1 ulp'  => sub { my @v = moved($_[0], 1); [ 'wrong', 0.99, 1.72, "$v[0]\t$v[1]" ] },
    '2 ulp'  => sub { my @v = moved($_[0], 2); [ 'wrong', 1.99, 2.72, "$v[0]\t$v[1]" ] },
    sign     => sub { my ($re, $im) = map { -hexfloat($_[0]{$_}) } qw(re_hex im_hex);
                      [ 'wrong', 2**52, 2**55, text($re) . "\t" . text($im) ] },
    # the other branch: the conjugate off the axis; on it, twice too much
    branch   => sub { my ($re, $im) = map { hexfloat($_[0]{$_}) } qw(re_hex im_hex);
                      $im ? [ 'wrong', 1, 2**55, text($re) . "\t" . text(-$im) ]
                          : [ 'wrong', 2**51, 2**54, text(2 * $re) . "\t0" ] },
    nan      => sub { [ 'nan', '-', '-', "nan\tnan" ] },
    inf      => sub { [ 'inf', '-', '-', "inf\t0" ] },
    hang     => sub { [ 'hang', '-', '-', 'hang' ] },
    crash    => sub { [ 'crash', '-', '-', 'crash' ] },
    exit     => sub { [ 'crash', '-', '-', 'exit' ] },
    garbage  => sub { [ 'garbage', '-', '-', 'no convergence' ] },
    refusal  => sub { [ 'refused', '-', '-', 'refuse' ] },
);

sub right_answer {
    my ($row) = @_;
    my @v = map { /inf/ ? $_ : text(hexfloat($_)) } @$row{qw(re_hex im_hex)};
    my $real = $row->{im_hex} eq '0x0p+0' && $row->{im} =~ /^0=?$/;
    return [ 'ok', 0, $real ? $HALF : $NORM, "$v[0]\t$v[1]" ];
}

sub plant {
    my ($seed, $front, $table, $answers, $expected) = @_;
    $state = ($seed * 2654435761) % 2147483648;
    draw(2) for 1 .. 20;
    my @rows = read_rows($table);
    my (%region, @order);
    for (@rows) {
        push @order, $_->{region} if !$region{ $_->{region} };
        push @{ $region{ $_->{region} } }, $_;
    }
    # a shared object gives numbers, and has no words for refusal and garbage
    my @kinds = grep { $front ne 'so' || !/garbage|refusal/ } sort keys %plant;
    my $turn = draw(scalar @kinds);
    my %fate;
    for my $name (@order) {
        my @plain = grep { is_plain($_) } @{ $region{$name} };
        my $scope = draw(3);
        next if !$scope || !@plain;
        my $kind = $kinds[ $turn++ % @kinds ];
        # a region that hangs costs a time limit at each of its points
        $scope = 1 if $kind eq 'hang' && @plain > 8;
        my @chosen = $scope == 1 ? $plain[ draw(scalar @plain) ] : @plain;
        $fate{ $_->{id} } = $plant{$kind}->($_) for @chosen;
        printf "%s: %s at %d of %d\n", $name, $kind, scalar @chosen, scalar @{ $region{$name} };
    }
    open my $a, '>', $answers or die "$answers: $!\n";
    open my $e, '>', $expected or die "$expected: $!\n";
    for my $row (@rows) {
        my $f = $fate{ $row->{id} } // right_answer($row);
        my @fields = @$row{qw(alpha beta re_z im_z)};
        print $a join("\t", @fields), "\t=\t$f->[3]\n";
        print $e join("\t", $row->{id}, $row->{region}, @$f[0 .. 2]), "\n";
    }
    close $a or die;
    close $e or die;
}

sub judge {
    my ($expected, $details, $summary) = @_;
    my %got = map { $_->{id} => $_ } read_rows($details);
    my (%count, $bad, $planted);
    open my $in, '<', $expected or die "$expected: $!\n";
    while (<$in>) {
        chomp;
        my ($id, $region, $kind, $least, $most) = split /\t/;
        my $g = $got{$id} // { kind => 'no row' };
        $count{$region}{n}++;
        $count{$region}{$kind}++;
        $planted++ if $kind ne 'ok';
        my $off = $g->{kind} ne $kind;
        $off ||= $g->{region} ne $region;
        $off ||= $least ne '-' && ($g->{ulp} eq '-' || $g->{ulp} < $least - 1e-9 || $g->{ulp} > $most + 1e-3);
        next if !$off;
        print "$id $region: $kind planted ($least to $most ulp), $g->{kind} said, @{[$g->{ulp} // '-']} ulp\n";
        $bad++;
    }
    for my $row (read_rows($summary)) {
        my $c = $count{ $row->{region} } or next;
        for my $kind (qw(n ok wrong nan inf hang crash garbage refused)) {
            next if $row->{$kind} == ($c->{$kind} // 0);
            print "$row->{region}: $row->{$kind} $kind in the summary, not @{[$c->{$kind} // 0]}\n";
            $bad++;
        }
        delete $count{ $row->{region} };
    }
    print "no summary of $_\n" for sort keys %count;
    $bad += keys %count;
    printf "%d planted, %d faults\n", $planted // 0, $bad // 0;
    exit($bad ? 1 : 0);
}

my $what = shift @ARGV // '';
if    ($what eq 'plant') { plant(@ARGV) }
elsif ($what eq 'judge') { judge(@ARGV) }
else                     { die "usage: planted.pl plant|judge ...\n" }
