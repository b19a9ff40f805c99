package main

import (
	"fmt"

	"github.com/smart-hospital/hospital/app"
	"github.com/smart-hospital/hospital/app/config"
)

// instanceCmd makes a folder for another instance of an application.
type instanceCmd struct {
	Of       string `help:"Folder of the organisation's first instance." required:"" type:"path"`
	Dir      string `help:"Folder to make." required:"" type:"path"`
	Bind     string `help:"HOST:PORT its node listens on for peers." default:"127.0.0.1:26690"`
	Explorer string `help:"HOST:PORT of its node's explorer, should it run without the application." default:"127.0.0.1:26691"`
	Demo     bool   `help:"The first one is a demo's: the ward's accounts as well."`
	masterFlag
}

// Run makes the folder, or brings newer keys into it.
func (c instanceCmd) Run() error {
	first := config.Config{Data: c.Of, MasterKeyFile: c.MasterKeyFile, Demo: c.Demo}
	key, joined, err := app.AddInstance(first, c.Dir, c.Bind, c.Explorer)
	if err != nil {
		return err
	}
	fmt.Printf("node key: %s\n", key)
	if !joined {
		fmt.Printf("next:     ask with it (hospital consortium request --node KEY), join %s, then repeat this\n", c.Of)
		return nil
	}
	fmt.Printf(
		"next:     unless the members' list names the key: hospital consortium propose --dir %s --add-node %s, and the members vote\nstart:    hospital serve --data %s, with the PostgreSQL and Redis of the first\n", c.Of, key, c.Dir)
	return nil
}
