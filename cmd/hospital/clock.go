package main

import (
	"fmt"
	"path/filepath"

	"github.com/smart-hospital/hospital/app/health"
	"github.com/smart-hospital/hospital/chain/platform/clockwatch"
)

// clockCmd is for a clock that jumped: what ends by time waits until it is set right, or confirmed
// here.
type clockCmd struct {
	Dir     string `help:"The data folder, or the node's; it may be running." required:"" type:"existingdir"`
	Confirm bool   `help:"The clock is right as it is."`
}

// Run shows the doubt, or ends it.
func (c clockCmd) Run() error {
	file := filepath.Join(c.Dir, health.ClockFile)
	if c.Confirm {
		return clockwatch.Confirm(file)
	}
	d, err := clockwatch.Open(file)
	if err != nil {
		return err
	}
	if d == nil {
		fmt.Println("the clock is not in doubt")
		return nil
	}
	fmt.Println(d)
	return nil
}
