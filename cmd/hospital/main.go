// Command hospital is the whole product in one binary: the serving hospital, the journey that plays its users,
// the offline verifier, the audit and the benches. Subcommands hold flags, signals and exit codes only.
package main

func main() {}
