# reference/adapters/adapter.R - serves an R function.
#
#     mlref verify --function mittag-leffler \
#         --cmd "Rscript reference/adapters/adapter.R 'source(\"my_ml.R\"); function(alpha, beta, z) my_ml(alpha, beta, z)'"
#
# The argument is R code whose value is the function: 'MittagLeffleR::mlf' would
# do if its arguments had the order of the registry (MLREF_ARGS).  A z on the real
# axis is passed as a real number, any other as a complex one.  An error is a
# refusal, its text a remark.
#
# With ADAPTER_REPEAT=N in the environment the points are read first, then
# evaluated N times, and only the nanoseconds for one value are printed.

f <- eval(parse(text = commandArgs(trailingOnly = TRUE)[1]))
fields <- strsplit(Sys.getenv("MLREF_ARGS", "alpha beta z"), " ")[[1]]
is_complex <- "im_z" %in% fields
repeats <- Sys.getenv("ADAPTER_REPEAT")

# The arguments of a line, the last two one complex number if is_complex.
point <- function(line) {
    x <- as.list(as.numeric(strsplit(line, "[ \t]+")[[1]]))
    n <- length(x)
    if (is_complex) {
        if (x[[n]] != 0) x[[n - 1]] <- complex(real = x[[n - 1]], imaginary = x[[n]])
        x <- x[-n]
    }
    x
}

answer <- function(line) {
    tryCatch({
        e <- do.call(f, point(line))[1]
        if (is_complex) sprintf("%.17g\t%.17g", Re(e), Im(e))
        else sprintf("%.17g", Re(e))
    }, error = function(problem) {
        paste0("# ", gsub("[[:space:]]+", " ", conditionMessage(problem)), "\nrefuse")
    })
}

measure <- function(points, repeats) {
    start <- proc.time()[["user.self"]]
    for (r in seq_len(repeats)) for (p in points) try(do.call(f, p), silent = TRUE)
    1e9 * (proc.time()[["user.self"]] - start) / (repeats * length(points))
}

con <- file("stdin", "r")
if (repeats != "") {
    points <- lapply(readLines(con), point)
    cat(sprintf("%.6g\n", measure(points, as.integer(repeats))))
} else {
    while (length(line <- readLines(con, 1)) > 0) {
        cat(suppressWarnings(answer(line)), "\n", sep = "")
        flush(stdout())
    }
}
