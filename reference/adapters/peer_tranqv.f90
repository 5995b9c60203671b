! reference/adapters/peer_tranqv.f90 - a port of Garrappa's ml.m to Fortran, for adapter.F90.
!
! D is a checkout of tranqv/Mittag-Leffler-function-and-its-derivative:
!
!     gfortran -O2 -o peer_tranqv D/mod_mlf_garrappa.f90 \
!         reference/adapters/peer_tranqv.f90 reference/adapters/adapter.F90
complex(8) function my_ml(alpha, beta, z)
    use mod_mlf_garrappa, only: mlf_garrappa
    real(8), intent(in) :: alpha, beta
    complex(8), intent(in) :: z
    my_ml = mlf_garrappa(alpha, beta, z)
end function my_ml
