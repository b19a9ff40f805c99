// Command hospital is the whole product in one binary: the serving hospital, the journey that plays
// its users, the offline verifier, the audit and the benches. Subcommands hold flags, signals and
// exit codes only.
package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/smart-hospital/hospital/chain/comet"
)

// version is set by the linker in released builds.
var version = "dev"

type cli struct {
	Config kong.ConfigFlag `help:"YAML file with settings, named as the flags are." type:"existingfile" env:"HOSPITAL_CONFIG"`

	Serve      serveCmd          `cmd:"" default:"withargs" help:"Run the hospital (default)."`
	Consortium consortiumCmd     `cmd:"" help:"Several organisations on one chain: found it, join it, run one locally."`
	Node       nodeCmd           `cmd:"" help:"An organisation's node without the hospital's application: run it, back it up, restore it."`
	Journey    journeyCmd        `cmd:"" help:"Play patient, doctor, pharmacist and pharmacy against a running server."`
	Ready      readyCmd          `cmd:"" help:"Ask a running hospital or node whether it is ready; the exit code tells."`
	Verify     verifyCmd         `cmd:"" help:"Check receipts offline with the members' published list."`
	Alarms     alarmsCmd         `cmd:"" help:"List the lasting alarms of a node's folder; end one."`
	Clock      clockCmd          `cmd:"" help:"Show whether the clock jumped; confirm that it is right."`
	Audit      auditCmd          `cmd:"" help:"Replay the chain from disk and compare it with the database, bit for bit."`
	Keygen     keygenCmd         `cmd:"" help:"Make the master key and found a consortium for an installation that is no demo."`
	Admin      adminCmd          `cmd:"" help:"Make an administrator's account in a stopped installation and print its password."`
	Approve    approveCmd        `cmd:"" help:"List practitioners' keys that wait for two administrators, in a stopped installation; approve one as its operator."`
	Dead       deadLettersCmd    `cmd:"" name:"deadletters" help:"List the records the chain refused for good; send one again."`
	Bench      benchesCmd        `cmd:"" help:"Measure the chain; make a large hospital's database and measure reading in it."`
	Validator  benchValidatorCmd `cmd:"" name:"bench-validator" hidden:"" help:"One validator of a bench."`
	Version    versionCmd        `cmd:"" help:"Print the version."`
}

type versionCmd struct{}

func (versionCmd) Run() error {
	_, err := os.Stdout.WriteString("hospital " + version + "\n")
	return err
}

func main() {
	// The first signal stops gracefully; a second one kills.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	k := kong.Parse(&cli{}, kong.Name("hospital"), kong.UsageOnError(),
		kong.Description(
			"Smart hospital 智慧医院: online consultation, signed prescriptions, insurance payment and redemption on a consortium chain."),
		kong.Configuration(loadSettings), kong.BindTo(ctx, (*context.Context)(nil)))
	k.FatalIfErrorf(coded(k.Run()))
}

// exitOld is the exit code when only a newer program can go on: EX_CONFIG of sysexits.h. Starting
// this one again would end the same way.
const exitOld = 78

// coded gives an error its exit code, where that is not 1.
func coded(err error) error {
	if errors.Is(err, comet.ErrSchema) {
		return oldProgram{err}
	}
	return err
}

type oldProgram struct{ error }

func (oldProgram) ExitCode() int { return exitOld }

func (o oldProgram) Unwrap() error { return o.error }
