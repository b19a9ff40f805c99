package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	housebench "github.com/smart-hospital/hospital/app/bench"
	"github.com/smart-hospital/hospital/app/triage/measure"
	"github.com/smart-hospital/hospital/chain/bench"
)

// benchesCmd are the measurements; without a word the chain's.
type benchesCmd struct {
	Chain benchCmd      `cmd:"" default:"withargs" help:"Measure the chain: records per second and latencies (default)."`
	Fill  benchFillCmd  `cmd:"" help:"Make the database of a large hospital, for reading alone: its records are on no chain."`
	Reads benchReadsCmd `cmd:"" help:"Measure lists and searches over such a database, within a few hours of its making."`

	Triage benchTriageCmd `cmd:"" help:"Measure the signs of danger and the departments on written cases."`
}

// benchTriageCmd needs nothing but what the program was built with.
type benchTriageCmd struct{}

// Run prints the report.
func (benchTriageCmd) Run() error { return measure.Print(os.Stdout) }

// filledHouse is where the large hospital lies. Its flags are not named as settings are: no file of
// settings may lead a bench into a hospital's own database.
type filledHouse struct {
	Dir      string `help:"Folder of the hospital; fill makes it." required:"" type:"path"`
	Database string `help:"postgres://… of an empty database; empty: SQLite in the folder."`
}

// benchFillCmd plays a few visits and copies them.
type benchFillCmd struct {
	filledHouse
	Prescriptions int `help:"How many, over two years." default:"1000000"`
	Patients      int `help:"How many." default:"100000"`
	Doctors       int `help:"How many." default:"300"`
}

// Run fills.
func (c benchFillCmd) Run(ctx context.Context) error {
	return housebench.Fill(ctx, housebench.Config(c.Dir, c.Database),
		housebench.Size{Prescriptions: c.Prescriptions, Patients: c.Patients, Doctors: c.Doctors}, os.Stderr)
}

// benchReadsCmd reads as every role.
type benchReadsCmd struct {
	filledHouse
	Rounds int  `help:"How often each operation is asked." default:"100"`
	Plans  bool `help:"Also list the statements that read a large table from end to end."`
}

// Run prints the table.
func (c benchReadsCmd) Run(ctx context.Context) error {
	if c.Rounds < 1 {
		return fmt.Errorf("rounds must be at least 1")
	}
	return housebench.Reads(ctx, housebench.Config(c.Dir, c.Database), c.Rounds, c.Plans, os.Stdout)
}

// benchCmd needs no server and no settings: it founds a consortium and throws it away.
type benchCmd struct {
	Seconds    float64 `help:"Measured seconds of each case in each round, at most 60." default:"2"`
	Rounds     int     `help:"Rounds; each case's median is printed." default:"1"`
	Submitters []int   `help:"How many submit at once." default:"1,16,128"`
	Validators []int   `help:"Validators, each a process of its own on this machine." default:"1,4,7"`
	Dir        string  `help:"Folder on the disk to measure; a throw-away folder is made in it. Default: a temporary one." type:"path"`
	Profile    string  `help:"Folder for every validator's CPU profile of every case; for go tool pprof." type:"existingdir"`
	JSON       bool    `help:"Print the report as JSON." name:"json"`
}

// Run measures and prints the report; the progress goes to standard error.
func (c benchCmd) Run(ctx context.Context) error {
	// A closed terminal or pipe must not end the process before the folder is removed.
	signal.Ignore(syscall.SIGPIPE)
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGHUP)
	defer stop()
	self, err := os.Executable()
	if err != nil {
		return err
	}
	report, err := bench.Run(ctx, bench.Options{
		Dir: c.Dir, Time: time.Duration(c.Seconds * float64(time.Second)), Rounds: c.Rounds, Submitters: c.Submitters,
		Validators: c.Validators, Validator: []string{self, "bench-validator"},
		Profile: c.Profile, Version: version, Command: c.command(), Progress: os.Stderr,
	})
	if err != nil {
		return err
	}
	if c.JSON {
		return report.WriteJSON(os.Stdout)
	}
	return report.WriteText(os.Stdout)
}

// command repeats the run; a folder is named only when one was given, for its path says nothing
// elsewhere.
func (c benchCmd) command() string {
	s := fmt.Sprintf("hospital bench --seconds %g --rounds %d --submitters %s --validators %s", c.Seconds, c.Rounds,
		list(c.Submitters), list(c.Validators))
	if c.Dir != "" {
		s += " --dir DIR"
	}
	return s
}

func list(numbers []int) string {
	return strings.Trim(strings.Join(strings.Fields(fmt.Sprint(numbers)), ","), "[]")
}

// benchValidatorCmd is one validator of a bench; the bench starts it.
type benchValidatorCmd struct{}

// Run takes orders on standard input until it ends.
func (benchValidatorCmd) Run(ctx context.Context) error {
	return bench.Validate(ctx, os.Stdin, os.Stdout)
}
