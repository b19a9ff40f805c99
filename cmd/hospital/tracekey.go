package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/smart-hospital/hospital/chain/comet"
	"github.com/smart-hospital/hospital/chain/consortium"
)

// grantCmd passes the trace key on to a member that joined after the founding.
type grantCmd struct {
	Dir     string `help:"Folder of a member that has the key: a hospital or pharmacy." required:"" type:"path"`
	Request string `arg:"" help:"The new member's request." type:"existingfile"`
	masterFlag
}

// Run prints the grant.
func (c grantCmd) Run() error {
	r, err := consortium.ReadRequest(c.Request)
	if err != nil {
		return err
	}
	f, err := consortium.OpenFolder(c.Dir, c.MasterKeyFile)
	if err != nil {
		return err
	}
	members, err := comet.ReadMembers(filepath.Join(c.Dir, "chain"))
	if err != nil {
		return err
	}
	g, err := f.GrantTraceKey(members.Chain, r)
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
	_, err = fmt.Printf("trace key of chain %s taken; compare with the others' founding.json: check %s\n", g.Chain, g.Check)
	return err
}
