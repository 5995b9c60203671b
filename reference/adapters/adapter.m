% reference/adapters/adapter.m - serves an Octave function.
%
%     mlref verify --function mittag-leffler \
%         --cmd "octave-cli -qf reference/adapters/adapter.m '@(alpha, beta, z) my_ml(alpha, beta, z)' DIR"
%
% The function is a name, or an anonymous function as above, which puts the
% arguments into the order that is wanted.  DIR, where its file is, may be left
% out.  It is given the arguments of the registry (MLREF_ARGS), a z on the real
% axis as a real number.  An error is a refusal, its text a remark.
%
% With ADAPTER_REPEAT=N in the environment the points are read first, then
% evaluated N times, and only the nanoseconds for one value are printed.
1;

% The arguments of a line: numbers, the last two one complex number if is_complex.
function args = point(line, is_complex)
    x = sscanf(line, "%f").';
    if is_complex
        z = x(end - 1);
        if x(end) != 0
            z = complex(z, x(end));
        end
        args = [num2cell(x(1:end-2)), {z}];
    else
        args = num2cell(x);
    end
end

function answer(f, line, is_complex)
    try
        args = point(line, is_complex);
        e = f(args{:});
        if is_complex
            printf("%.17g\t%.17g\n", real(e), imag(e));
        else
            printf("%.17g\n", real(e));
        end
    catch problem
        printf("# %s\nrefuse\n", strrep(problem.message, "\n", " "));
    end
    fflush(stdout);
end

function measure(f, repeats, is_complex)
    points = {};
    while ischar(line = fgetl(stdin))
        points{end+1} = point(line, is_complex);
    end
    start = cputime();
    for r = 1:repeats
        for i = 1:numel(points)
            try
                f(points{i}{:});
            catch
            end
        end
    end
    printf("%.6g\n", 1e9 * (cputime() - start) / (repeats * numel(points)));
end

warning("off", "all");
sigterm_dumps_octave_core(false); % or a hang leaves a file octave-workspace
given = argv();
f = str2func(given{1});
if numel(given) > 1
    addpath(given{2});
end
is_complex = ! isempty(strfind(getenv("MLREF_ARGS"), "im_z"));
if ! isempty(getenv("ADAPTER_REPEAT"))
    measure(f, str2double(getenv("ADAPTER_REPEAT")), is_complex);
else
    while ischar(line = fgetl(stdin))
        answer(f, line, is_complex);
    end
end
