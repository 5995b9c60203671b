! reference/adapters/adapter.F90 - serves a Mittag-Leffler function in Fortran.
!
!     gfortran -O2 -o my_adapter reference/adapters/adapter.F90 my_ml.f90
!     mlref verify --function mittag-leffler --cmd ./my_adapter
!
! my_ml.f90 defines an external function
!
!     complex(8) function my_ml(alpha, beta, z)   ! real(8) alpha, beta; complex(8) z
!
! or, with -DREAL_Z, real(8) function my_ml(alpha, beta, z) with real(8) z, and
! z off the real axis is refused.  What else it does not serve is for
! -DSERVES='alpha < 2 .and. beta == 1' to say.
!
! With ADAPTER_REPEAT=N in the environment the points are read first, then
! evaluated N times, and only the nanoseconds for one value are printed.
#ifndef SERVES
#define SERVES alpha > 0
#endif
program adapter
    implicit none
    integer, parameter :: dp = kind(1.0d0)
    character(len=64) :: names, repeats
    integer :: nfields, nrepeats, stat, length

    ! "alpha beta z", or "alpha beta re_z im_z"
    call get_environment_variable("MLREF_ARGS", names)
    nfields = merge(4, 3, index(names, "im_z") > 0)
    call get_environment_variable("ADAPTER_REPEAT", repeats, length)
    if (length > 0) then
        read (repeats, *) nrepeats
        call measure(nrepeats)
    else
        do
            call serve(stat)
            if (stat /= 0) exit
            flush (6)
        end do
    end if

contains

    subroutine point(alpha, beta, z, stat)
        real(dp), intent(out) :: alpha, beta
        complex(dp), intent(out) :: z
        integer, intent(out) :: stat
        real(dp) :: re, im
        im = 0
        if (nfields == 4) then
            read (*, *, iostat=stat) alpha, beta, re, im
        else
            read (*, *, iostat=stat) alpha, beta, re
        end if
        z = cmplx(re, im, dp)
    end subroutine point

    logical function served(e, alpha, beta, z)
        complex(dp), intent(out) :: e
        real(dp), intent(in) :: alpha, beta
        complex(dp), intent(in) :: z
#ifdef REAL_Z
        real(dp), external :: my_ml
        served = SERVES .and. aimag(z) == 0
        if (served) e = cmplx(my_ml(alpha, beta, real(z, dp)), 0, dp)
#else
        complex(dp), external :: my_ml
        served = SERVES
        if (served) e = my_ml(alpha, beta, z)
#endif
    end function served

    subroutine serve(stat)
        integer, intent(out) :: stat
        real(dp) :: alpha, beta
        complex(dp) :: z, e
        call point(alpha, beta, z, stat)
        if (stat /= 0) return
        if (.not. served(e, alpha, beta, z)) then
            write (*, '(a)') "refuse"
        else if (nfields == 4) then
            write (*, '(es25.16e4, a, es25.16e4)') real(e, dp), achar(9), aimag(e)
        else
            write (*, '(es25.16e4)') real(e, dp)
        end if
    end subroutine serve

    subroutine measure(nrepeats)
        integer, intent(in) :: nrepeats
        integer, parameter :: max_timed = 4096
        real(dp) :: alpha(max_timed), beta(max_timed), start, stop
        real(dp), volatile :: total
        complex(dp) :: z(max_timed), e
        integer :: i, r, n, stat
        n = 0
        do while (n < max_timed)
            call point(alpha(n + 1), beta(n + 1), z(n + 1), stat)
            if (stat /= 0) exit
            n = n + 1
        end do
        total = 0
        call cpu_time(start)
        do r = 1, nrepeats
            do i = 1, n
                if (served(e, alpha(i), beta(i), z(i))) total = total + real(e, dp)
            end do
        end do
        call cpu_time(stop)
        write (*, '(es13.6)') 1e9_dp * (stop - start) / (real(nrepeats, dp) * n)
    end subroutine measure

end program adapter
