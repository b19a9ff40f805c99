package main

import (
	"context"
	"fmt"
	"os"

	"github.com/smart-hospital/hospital/chain/consortium"
)

// grantCmd passes the trace key on to a member that joined after the founding.
type grantCmd struct {
	nodeFlags
	Member string `arg:"" help:"Id of the new member, once the members have agreed on it."`
	masterFlag
}

// Run prints the grant, sealed to the key that the list in force names.
func (c grantCmd) Run(ctx context.Context) error {
	node, _, err := c.client()
	if err != nil {
		return err
	}
	list, err := node.members(ctx)
	if err != nil {
		return err
	}
	f, err := consortium.OpenFolder(c.Dir, c.MasterKeyFile)
	if err != nil {
		return err
	}
	g, err := f.GrantTraceKey(list, c.Member)
	if err != nil {
		return err
	}
	_, err = fmt.Printf("%s\n", g.Bytes())
	return err
}

// takeCmd puts a granted trace key into the new member's folder.
type takeCmd struct {
	Dir   string `help:"The new member's folder." required:"" type:"path"`
	Grant string `arg:"" help:"What grant-trace-key printed." type:"existingfile"`
	masterFlag
}

// Run takes it and says what to compare.
func (c takeCmd) Run() error {
	text, err := os.ReadFile(c.Grant)
	if err != nil {
		return err
	}
	f, err := consortium.OpenFolder(c.Dir, c.MasterKeyFile)
	if err != nil {
		return err
	}
	g, err := f.TakeTraceGrant(text)
	if err != nil {
		return err
	}
	_, err = fmt.Printf("trace key of chain %s taken; compare with the others' founding.json: check %s\n",
		g.Chain, g.Check)
	return err
}
