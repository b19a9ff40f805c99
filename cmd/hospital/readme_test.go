package main

import (
	"crypto/rand"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"github.com/smart-hospital/hospital/app/config"
	"github.com/smart-hospital/hospital/chain/gm"
)

const readme = "../../README.md"

var updateReadme = flag.Bool("update", false, "write the settings table of README.md")

func readReadme(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var reSettings = regexp.MustCompile(`(?s)(<!-- settings: [^\n]*-->\n).*?(\n<!-- end of settings -->)`)

// TestReadmeSettings holds the table of settings to the program's: every flag, its variable, its
// default, its meaning.
func TestReadmeSettings(t *testing.T) {
	k, err := kong.New(&struct{ config.Config }{})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("\n| Flag and name in the file | Environment | Default | Meaning |\n|---|---|---|---|\n")
	for _, f := range k.Model.Flags {
		if f.Name == "help" {
			continue
		}
		fmt.Fprintf(&b, "| `--%s` | `%s` | %s | %s |\n", f.Name, strings.Join(f.Envs, "`, `"), code(f.Default),
			strings.ReplaceAll(f.Help, "|", "\\|"))
	}
	text := readReadme(t)
	want := reSettings.ReplaceAllString(text, "${1}"+strings.ReplaceAll(b.String(), "$", "$$")+"${2}")
	if *updateReadme {
		if err := os.WriteFile(readme, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !reSettings.MatchString(text) || want != text {
		t.Error(
			"README's table of settings is not the program's; write it by: go test ./cmd/hospital -run TestReadmeSettings -update")
	}
}

func code(s string) string {
	if s == "" {
		return ""
	}
	return "`" + s + "`"
}

// TestReadmeNamesEverySubcommand: whoever reads the README knows of all of them.
func TestReadmeNamesEverySubcommand(t *testing.T) {
	k, err := kong.New(&cli{})
	if err != nil {
		t.Fatal(err)
	}
	text := readReadme(t)
	for _, leaf := range k.Model.Leaves(true) {
		if leaf.Name != "serve" && leaf.Name != "version" && !strings.Contains(text, "hospital "+leaf.Path()) {
			t.Errorf("no word of hospital %s", leaf.Path())
		}
	}
}

var reBlock = regexp.MustCompile("(?s)\n```sh\n(.*?)\n```")

// TestReadmeCommands runs README's shell blocks from top to bottom, as its reader would, in a
// folder of their own with the real program: `go run ./cmd/hospital` is the binary of this test,
// port 8080 a free one, and `go test` is what runs this.
func TestReadmeCommands(t *testing.T) {
	t.Parallel()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	r := &reader{t: t, server: newServer(t), dir: t.TempDir(), bin: path}
	r.server.data = filepath.Join(r.dir, "data")
	blocks := reBlock.FindAllStringSubmatch(readReadme(t), -1)
	for _, block := range blocks {
		r.block(block[1])
	}
	if r.ran < 12 {
		t.Errorf("only %d commands were run", r.ran)
	}
}

// reader types what README says.
type reader struct {
	t      *testing.T
	server *server
	dir    string
	bin    string
	ran    int
}

func (r *reader) block(text string) {
	r.t.Helper()
	text = strings.ReplaceAll(text, "\\\n", " ")
	switch {
	case text == "go run ./cmd/hospital":
		r.server.start()
		r.ran++
	case strings.HasPrefix(text, "hospital serve "):
		r.strict(text)
	case strings.HasPrefix(text, "go test"), strings.HasPrefix(text, "docker "):
		r.named(text)
	default:
		if strings.Contains(text, "hospital audit") && r.server.cmd != nil {
			r.server.stop() // Ctrl-C, as the text above it says
		}
		r.shell(text)
	}
}

// strict starts what README has prepared step by step, with what the partners would have given: it
// must get ready, and stop.
func (r *reader) strict(text string) {
	r.t.Helper()
	bureau, err := gm.GenerateKey()
	if err != nil {
		r.t.Fatal(err)
	}
	for name, content := range map[string][]byte{
		"insurer.secret": []byte(rand.Text()), "wechat.secret": []byte(rand.Text()),
		"bureau.pub.pem": bureau.Public().PEM(),
	} {
		if err := os.WriteFile(filepath.Join(r.dir, "strict", name), content, 0o600); err != nil {
			r.t.Fatal(err)
		}
	}
	s := newServer(r.t)
	s.addr = r.server.addr
	s.env = append(s.env, "HOSPITAL_PASSWORD_COST=full") // strict mode takes no other
	s.launch(r.dir, strings.Fields(text)[1:]...)
	s.stop()
	r.ran++
}

// named checks that what is not run here exists: packages of a go test, files of a docker command.
func (r *reader) named(text string) {
	r.t.Helper()
	for _, word := range strings.Fields(text) {
		target := strings.TrimSuffix(word, "/...")
		if strings.HasPrefix(word, "./") {
			if _, err := os.Stat(filepath.Join("../..", target)); err != nil {
				r.t.Errorf("%s: %v", text, err)
			}
		}
	}
}

// shell runs a block with `hospital` in the path.
func (r *reader) shell(text string) {
	r.t.Helper()
	text = strings.ReplaceAll(text, "go run ./cmd/hospital", "hospital")
	text = strings.ReplaceAll(text, "localhost:8080", r.server.addr)
	c := exec.CommandContext(r.t.Context(), "sh", "-e", "-c", text)
	c.Dir = r.dir
	c.Env = append(cleanEnv(), "PATH="+filepath.Dir(r.bin)+":"+os.Getenv("PATH"))
	out, err := c.CombinedOutput()
	if err != nil {
		r.t.Fatalf("README's command does not work: %v\n%s\n%s", err, text, tail(string(out), 30))
	}
	for _, line := range strings.Split(text, "\n") {
		if strings.TrimSpace(line) != "" {
			r.ran++
		}
	}
}

var reLink = regexp.MustCompile(`\]\(([^)#:]+)\)`)

// TestLinks: what the documents point at is there.
func TestLinks(t *testing.T) {
	files, err := filepath.Glob("../../app/docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range append(files, readme, "../../chain/RECEIPT.md") {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, link := range reLink.FindAllStringSubmatch(string(text), -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(file), link[1])); err != nil {
				t.Errorf("%s: %v", filepath.Base(file), err)
			}
		}
	}
}
