//! The program `gouji`.

fn main() -> std::process::ExitCode {
    gouji::cli::main()
}
