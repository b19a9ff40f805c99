package main

import (
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	compose "github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"

	"github.com/alecthomas/kong"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

const composeFile = "../../docker-compose.yml"

// project is docker-compose.yml as the compose library reads it, with every profile.
func project(t *testing.T) *types.Project {
	t.Helper()
	o, err := compose.NewProjectOptions([]string{composeFile}, compose.WithProfiles([]string{"*"}))
	if err != nil {
		t.Fatal(err)
	}
	p, err := o.LoadProject(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// ours are the services of this program.
func ours(p *types.Project) []types.ServiceConfig {
	var list []types.ServiceConfig
	for _, name := range p.ServiceNames() {
		if s := p.Services[name]; s.Build != nil {
			list = append(list, s)
		}
	}
	return list
}

// Every command line, health check and variable in docker-compose.yml is one that the program
// knows, and no organisation's folder is mounted by another.
func TestComposeFile(t *testing.T) {
	p := project(t)
	mounted := map[string][]string{}
	commands := 0
	for _, s := range ours(p) {
		if s.Build.Dockerfile != "cmd/hospital/Dockerfile" {
			t.Errorf("%s is built from %s", s.Name, s.Build.Dockerfile)
		}
		lines := [][]string{s.Command}
		if s.HealthCheck != nil {
			if s.HealthCheck.Test[0] != "CMD" || s.HealthCheck.Test[1] != "/hospital" {
				t.Errorf("%s: %v: the image has no shell", s.Name, s.HealthCheck.Test)
			}
			lines = append(lines, s.HealthCheck.Test[2:])
		}
		for _, args := range lines {
			flags := accepted(t, args)
			commands++
			for variable := range s.Environment {
				if len(args) == len(s.Command) && !slices.Contains(flags, variable) {
					t.Errorf("%s: %v knows no %s", s.Name, args, variable)
				}
			}
		}
		for _, v := range s.Volumes {
			if s.Name != "init" {
				mounted[v.Source] = append(mounted[v.Source], s.Name)
			}
		}
	}
	if commands < 12 {
		t.Errorf("only %d command lines were looked at", commands)
	}
	for volume, by := range mounted {
		if len(by) != 1 {
			t.Errorf("the folder %s is mounted by %v", volume, by)
		}
	}
}

// accepted parses a command line as the program would and returns the variables that it listens to.
func accepted(t *testing.T, args []string) (variables []string) {
	t.Helper()
	k, err := kong.New(&cli{}, kong.Exit(func(int) { t.Errorf("%v ends the program", args) }))
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := k.Parse(args)
	if err != nil {
		t.Errorf("%v: %v", args, err)
		return nil
	}
	for _, f := range parsed.Flags() {
		variables = append(variables, f.Envs...)
	}
	return variables
}

var reFolders = regexp.MustCompile(`mkdir -p (.*)`)

// The image has a folder for everything that is mounted in it: without one a volume would belong to
// root, and the program is not root.
func TestDockerfile(t *testing.T) {
	text, err := os.ReadFile("Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	folders := strings.Fields(reFolders.FindStringSubmatch(string(text))[1])
	for _, s := range ours(project(t)) {
		for _, v := range s.Volumes {
			if !slices.Contains(folders, v.Target) {
				t.Errorf("%s mounts %s, which the image has not", s.Name, v.Target)
			}
		}
	}
	if !strings.Contains(string(text), "./cmd/hospital &&") ||
		!strings.Contains(string(text), `ENTRYPOINT ["/hospital"]`) {
		t.Error("the image is not this program's")
	}
	known := accepted(t, []string{"serve"})
	for _, line := range strings.Split(string(text), "\n") {
		if settings, ok := strings.CutPrefix(line, "ENV "); ok {
			for _, s := range strings.Fields(settings) {
				if name, _, _ := strings.Cut(s, "="); name != "TZ" && !slices.Contains(known, name) {
					t.Errorf("the program knows no %s", name)
				}
			}
		}
	}
}

// street is docker-compose.yml's consortium as processes: every service has a loopback address in
// place of its host name, and a folder in place of each volume.
type street struct {
	t     *testing.T
	p     *types.Project
	dir   string
	hosts map[string]string // address, by service
}

// TestComposeConsortium runs what docker-compose.yml would: init, the nodes with their own health
// checks, and, where the environment names a PostgreSQL and a Redis, both instances of the
// application, in which a whole visit is played.
func TestComposeConsortium(t *testing.T) {
	t.Parallel()
	sqlstoretest.EachDSN(t, func(t *testing.T, dsn string) {
		redis := os.Getenv("HOSPITAL_TEST_REDIS_URL")
		engines := strings.HasPrefix(dsn, "postgres") && redis != ""
		s := newStreet(t)
		s.once("init")
		s.readdress()
		names := []string{"i1", "g1", "h2", "r1"}
		if engines {
			names = append(names, "h1", "h1-2")
		}
		var running []*server
		for _, name := range names {
			running = append(running, s.start(name, dsn, redis))
		}
		for i, name := range names {
			s.await(name, running[i])
		}
		if engines {
			first, second := running[len(running)-2], running[len(running)-1]
			if out, err := first.run("journey", "--url", alternately(t, first, second), "--no-unhappy", "--receipts",
				filepath.Join(s.dir, "receipts.json")); err != nil {
				t.Errorf("journey: %v\n%s", err, out)
			}
			c := &city{t: t}
			c.together(0, first.addr, second.addr, s.address("i1"), s.address("r1"))
		}
		for _, r := range slices.Backward(running) {
			r.stop()
		}
	})
}

func newStreet(t *testing.T) *street {
	s := &street{t: t, p: project(t), dir: t.TempDir(), hosts: map[string]string{}}
	block := fmt.Sprintf("127.%d.%d.", 64+rand.IntN(128), rand.IntN(256)) // all of 127/8 is this machine
	for i, service := range ours(s.p) {
		s.hosts[service.Name] = fmt.Sprintf("%s%d", block, i+1)
	}
	return s
}

// local is where a path in a service's container is on this machine.
func (s *street) local(service types.ServiceConfig, name string) string {
	for _, v := range service.Volumes {
		if rest, ok := strings.CutPrefix(name, v.Target); ok {
			return filepath.Join(s.dir, v.Source+rest)
		}
	}
	for _, v := range service.Volumes {
		if path.Dir(v.Target) == name { // the folder of all of them
			return s.dir
		}
	}
	return name
}

func (s *street) args(service types.ServiceConfig) []string {
	var args []string
	for _, a := range service.Command {
		if strings.HasPrefix(a, "/") {
			a = s.local(service, a)
		}
		args = append(args, a)
	}
	return args
}

// once runs a service that ends.
func (s *street) once(name string) {
	s.t.Helper()
	out, err := newServer(s.t).run(s.args(s.p.Services[name])...)
	if err != nil {
		s.t.Fatalf("%s: %v\n%s", name, err, out)
	}
}

// readdress does what the containers' network would: names lead to addresses, and 0.0.0.0 is each
// one's own.
func (s *street) readdress() {
	s.t.Helper()
	reHost := regexp.MustCompile(`([@/])([a-z][a-z0-9-]*):`)
	for name, host := range s.hosts {
		file := filepath.Join(s.dir, name, "node.yaml")
		text, err := os.ReadFile(file)
		if os.IsNotExist(err) {
			continue // no node's
		}
		if err != nil {
			s.t.Fatal(err)
		}
		there := reHost.ReplaceAllStringFunc(string(text), func(m string) string {
			address, ok := s.hosts[m[1:len(m)-1]]
			if !ok {
				s.t.Errorf("%s: %s is no service", file, m)
			}
			return m[:1] + address + ":"
		})
		if err := os.WriteFile(file, []byte(strings.ReplaceAll(there, "0.0.0.0", host)), 0o600); err != nil {
			s.t.Fatal(err)
		}
	}
}

// address is where a service answers HTTP.
func (s *street) address(name string) string {
	for _, p := range s.p.Services[name].Ports {
		return net.JoinHostPort(s.hosts[name], fmt.Sprint(p.Target))
	}
	s.t.Fatalf("%s publishes no port", name)
	return ""
}

// start runs a service with its own variables; of the engines, those of the test.
func (s *street) start(name, dsn, redis string) *server {
	s.t.Helper()
	service := s.p.Services[name]
	env := []string{"HOSPITAL_DATA=" + s.local(service, "/data")} // the image's
	for variable, value := range service.Environment {
		switch variable {
		case "HOSPITAL_DATABASE_URL":
			value = &dsn
		case "HOSPITAL_REDIS_URL":
			value = &redis
		case "HOSPITAL_LISTEN":
			own := s.hosts[name] + *value
			value = &own
		}
		env = append(env, variable+"="+*value)
	}
	r := newServer(s.t, env...)
	r.addr = s.address(name)
	r.begin("", s.args(service)...)
	return r
}

// await waits until the service's own health check is content.
func (s *street) await(name string, r *server) {
	s.t.Helper()
	r.await()
	check := slices.Clone([]string(s.p.Services[name].HealthCheck.Test[2:]))
	for i, word := range check {
		check[i] = strings.ReplaceAll(word, "127.0.0.1", s.hosts[name])
	}
	if out, err := r.run(check...); err != nil || !strings.Contains(out, `"chain":"ok"`) {
		s.t.Errorf("%s: %v: %v\n%s", name, check, err, out)
	}
}
