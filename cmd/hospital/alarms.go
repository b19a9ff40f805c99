package main

import (
	"fmt"
	"path/filepath"
	"time"

	"github.com/smart-hospital/hospital/app/health"
	"github.com/smart-hospital/hospital/chain/watch"
)

// alarmsCmd is for the alarms that are proofs of a member's deed: they stay until an operator says
// that they were dealt with.
type alarmsCmd struct {
	Dir   string `help:"The node's folder; it may be running." required:"" type:"existingdir"`
	Clear string `help:"Id of the alarm that was dealt with; its evidence is kept in alarms/cleared."`
}

// Run lists them, or ends one.
func (c alarmsCmd) Run() error {
	dir := filepath.Join(c.Dir, health.AlarmsFolder)
	if c.Clear != "" {
		return watch.Clear(dir, c.Clear)
	}
	list, err := watch.Lasting(dir)
	if err != nil {
		return err
	}
	for _, a := range list {
		fmt.Printf("%s since %s: %s (evidence: %s)\n", a.ID, a.Since.Format(time.RFC3339), a.Text,
			filepath.Join(dir, a.ID+".json"))
	}
	fmt.Printf("%d lasting alarm(s)\n", len(list))
	return nil
}
