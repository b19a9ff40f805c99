package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/smart-hospital/hospital/chain/bench"
)

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
