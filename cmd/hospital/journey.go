package main

import (
	"context"
	"fmt"
	"os"

	"github.com/smart-hospital/hospital/app/journey"
)

// journeyCmd plays the ward; with --count it is a load driver.
type journeyCmd struct {
	URL      string `help:"The server." default:"http://localhost:8080"`
	Count    int    `help:"Visits to play." default:"1"`
	Parallel int    `help:"Visits at the same time, at most 96." default:"1"`
	Unhappy  bool   `help:"Play the unhappy twins as well." default:"true" negatable:""`
	Receipts string `help:"File the receipts are written to; it holds what was signed." default:"journey-receipts.json" type:"path"`
}

const maxParallel = 96 // pairs of demo patient and doctor

// Run exits non-zero at the first surprise.
func (j journeyCmd) Run(ctx context.Context) error {
	if j.Count < 1 || j.Parallel < 1 || j.Parallel > maxParallel {
		return fmt.Errorf("count must be at least 1 and parallel 1 to %d", maxParallel)
	}
	err := journey.Run(ctx, journey.Options{URL: j.URL, Count: j.Count, Parallel: j.Parallel, Unhappy: j.Unhappy,
		Receipts: j.Receipts, Out: os.Stdout})
	if err == nil {
		fmt.Printf("receipts: %s\ncheck them: hospital verify --members members.json %s\n", j.Receipts, j.Receipts)
	}
	return err
}
