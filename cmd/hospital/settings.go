package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
	"go.yaml.in/yaml/v3"

	"github.com/smart-hospital/hospital/app/config"
)

// settings is the configuration file: flags' names and their values, the same for every subcommand.
// A file that is not read as it was meant could start a demo where strict mode was asked for, so an
// unknown name is an error.
type settings map[string]any

var errSettings = errors.New("configuration file")

// loadSettings is a kong.ConfigurationLoader.
func loadSettings(r io.Reader) (kong.Resolver, error) {
	s := settings{}
	if err := yaml.NewDecoder(r).Decode(&s); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%w: %w", errSettings, err)
	}
	return s, nil
}

// Validate refuses names that are no flag of any subcommand.
func (s settings) Validate(app *kong.Application) error {
	known := map[string]bool{}
	for _, command := range append(app.Leaves(false), app.Node) {
		for _, f := range command.Flags {
			known[f.Name] = true
		}
	}
	var faults []string
	for name := range s {
		if !known[name] {
			faults = append(faults, name+": no such setting")
		}
	}
	if len(faults) == 0 {
		return nil
	}
	slices.Sort(faults)
	return fmt.Errorf("%w: %s", errSettings, strings.Join(faults, "; "))
}

// Resolve gives a flag that neither the command line nor the environment sets its value.
func (s settings) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	for _, env := range flag.Envs {
		if _, set := os.LookupEnv(env); set {
			return nil, nil
		}
	}
	value, ok := s[flag.Name]
	if !ok {
		return nil, nil
	}
	return text(value), nil
}

// text writes a value as the command line would have it: a list with commas.
func text(value any) string {
	if words, ok := value.([]string); ok {
		return strings.Join(words, ",")
	}
	list, ok := value.([]any)
	if !ok {
		return fmt.Sprint(value)
	}
	words := make([]string, len(list))
	for i, v := range list {
		words[i] = fmt.Sprint(v)
	}
	return strings.Join(words, ",")
}

// inForce are the chosen subcommand's settings with their values and where these come from, in the
// order of the README's table.
func inForce(k *kong.Context) (list []config.Setting) {
	set := map[string]string{}
	for _, p := range k.Path {
		switch {
		case p.Flag != nil && p.Resolved:
			set[p.Flag.Name] = config.FromFile
		case p.Flag != nil:
			set[p.Flag.Name] = config.FromFlag
		}
	}
	for _, f := range k.Selected().Flags {
		s := config.Setting{Name: f.Name, Default: f.Default, From: config.FromDefault, Help: f.Help,
			Value: config.Shown(f.Name, text(f.Target.Interface()))}
		if len(f.Envs) > 0 {
			s.Env = f.Envs[0]
		}
		if from, ok := set[f.Name]; ok {
			s.From = from
		} else if _, named := os.LookupEnv(s.Env); named && s.Env != "" {
			s.From = config.FromEnvironment
		}
		list = append(list, s)
	}
	return list
}
