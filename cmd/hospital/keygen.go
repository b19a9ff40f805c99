package main

import (
	"context"
	"fmt"
	"os"

	"go.yaml.in/yaml/v3"

	"github.com/smart-hospital/hospital/app/config"
	"github.com/smart-hospital/hospital/app/installation"
	"github.com/smart-hospital/hospital/chain/consortium"
)

// keygenCmd founds what `serve --demo=false` needs.
type keygenCmd struct {
	Data          string `help:"Data folder of the installation." required:"" type:"path" env:"HOSPITAL_DATA"`
	MasterKeyFile string `help:"Master key; made when missing." required:"" type:"path" env:"HOSPITAL_MASTER_KEY_FILE"`
	Members       string `help:"YAML list of {id, name, role, power}." required:"" type:"existingfile"`
	Hospital      string `help:"Member id of the hospital whose node votes." default:"h1" env:"HOSPITAL_MEMBER"`
	Chain         string `help:"Name the chain id begins with." default:"hospital"`
}

// Run makes the keys and the genesis.
func (k keygenCmd) Run(ctx context.Context) error {
	text, err := os.ReadFile(k.Members)
	if err != nil {
		return err
	}
	var specs []consortium.Spec
	if err := yaml.Unmarshal(text, &specs); err != nil {
		return fmt.Errorf("%s: %w", k.Members, err)
	}
	cfg := config.Config{Data: k.Data, MasterKeyFile: k.MasterKeyFile, Hospital: k.Hospital}
	return installation.Keygen(ctx, cfg, k.Chain, specs, os.Stdout)
}
