package consortium_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/comet/home"
	"github.com/smart-hospital/hospital/chain/consortium"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
)

const basePort = 26600 // nothing listens in these tests

var founders = []consortium.Local{
	{Spec: consortium.Spec{ID: "h1", Name: "第一医院", Role: chain.OrgHospital, Power: 1}},
	{Spec: consortium.Spec{ID: "p1", Name: "药房一", Role: chain.OrgPharmacy}, Host: "h1"},
	{Spec: consortium.Spec{ID: "p2", Name: "药房二", Role: chain.OrgPharmacy, Power: 1}},
	{Spec: consortium.Spec{ID: "i1", Name: "医保局", Role: chain.OrgInsurer, Power: 1}},
	{Spec: consortium.Spec{ID: "r1", Name: "卫健委", Role: chain.OrgRegulator}},
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func open(t *testing.T, dir string) *consortium.Folder {
	t.Helper()
	return must(consortium.MakeFolder(dir, ""))
}

// ask is one organisation's first step in a folder of its own.
func ask(t *testing.T, s consortium.Spec, address string) (*consortium.Folder, *consortium.Request, string) {
	t.Helper()
	dir := t.TempDir()
	f := open(t, dir)
	r, _, err := f.Ask(t.Context(), s, address, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return f, r, dir
}

// files lists everything below a folder, by its path there.
func files(t *testing.T, dir string) []string {
	t.Helper()
	var list []string
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			list = append(list, must(filepath.Rel(dir, path)))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// A member's folder holds its own private keys, the notary's the root's, and no key is in two
// folders.
func TestInitKeepsKeysApart(t *testing.T) {
	dir := t.TempDir()
	folders, err := consortium.Init(t.Context(), dir, "city", founders, consortium.Loopback(basePort), time.Now())
	if err != nil || len(folders) != 4 {
		t.Fatalf("%v %v", folders, err)
	}
	for folder, want := range map[string][]string{
		"h1": {"ca-h1", "ca-p1", "seal-h1", "seal-p1"}, "p2": {"ca-p2", "seal-p2"}, "r1": {"ca-r1", "seal-r1"},
		"notary": {"consortium-root"},
	} {
		var got []string
		for _, f := range files(t, filepath.Join(dir, folder)) {
			if key, ok := strings.CutPrefix(f, "keys/sm2/"); ok {
				got = append(got, strings.TrimSuffix(key, ".key"))
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s holds %v, want %v", folder, got, want)
		}
	}
	if slices.ContainsFunc(files(t, filepath.Join(dir, "notary")),
		func(f string) bool { return strings.HasPrefix(f, "chain/") }) {
		t.Error("the notary has a node's keys")
	}
	secrets := map[string]string{}
	for _, f := range files(t, dir) {
		if base := filepath.Base(f); base != "master.key" && base != "node_key.json" &&
			base != "priv_validator_key.json" {
			continue
		}
		text := string(must(os.ReadFile(filepath.Join(dir, f))))
		if other := secrets[text]; other != "" {
			t.Errorf("%s and %s are one secret", f, other)
		}
		secrets[text] = f
	}
	genesis := must(os.ReadFile(filepath.Join(dir, "h1/chain/config/genesis.json")))
	for _, folder := range folders {
		if !bytes.Equal(genesis, must(os.ReadFile(filepath.Join(folder, "chain/config/genesis.json")))) {
			t.Errorf("%s has another genesis", folder)
		}
		s, err := consortium.ReadNodeSettings(folder)
		if err != nil || len(s.Peers) != 3 || s.Member != filepath.Base(folder) {
			t.Errorf("%s: %+v %v", folder, s, err)
		}
	}
	if m, err := home.ReadMembers(filepath.Join(folders[3], "chain")); err != nil || len(m.Members) != 5 {
		t.Errorf("%v %v", m, err)
	}
	m := must(home.ReadMembers(filepath.Join(folders[0], "chain")))
	for _, id := range []string{"p2", "r1"} {
		org, _ := must(m.Open()).Org(id)
		sealer := open(t, filepath.Join(dir, id)).Sealer(id)
		sig := must(sealer.Seal(t.Context(), org.SealCert, []byte("state")))
		if err := org.SealCert.PublicKey().Verify([]byte("state"), sig); err != nil {
			t.Errorf("%s: %v", id, err)
		}
		if _, err := sealer.Seal(t.Context(), org.CACert, nil); !errors.Is(err, keystore.ErrNotFound) {
			t.Errorf("%s: sealed by a key that is not there: %v", id, err)
		}
	}
}

// A further instance's node keeps snapshots and blocks as the first one does; the root's key is
// copied to no instance.
func TestFurtherInstance(t *testing.T) {
	dir, list := t.TempDir(), slices.Clone(founders)
	list[0].Instances = 2
	if _, err := consortium.Init(t.Context(), dir, "city", list, consortium.Loopback(basePort),
		time.Now()); err != nil {
		t.Fatal(err)
	}
	first, further := must(consortium.ReadNodeSettings(filepath.Join(dir, "h1"))),
		must(consortium.ReadNodeSettings(filepath.Join(dir, "h1-2")))
	if !further.Instance || further.SnapshotEvery == 0 || further.Growth != first.Growth {
		t.Errorf("%+v, the first %+v", further, first)
	}
	copied := filepath.Join(dir, "notary-2")
	if _, _, err := open(t, filepath.Join(dir, "notary")).
		AddInstance(copied, "127.0.0.1:1", "127.0.0.1:2"); !errors.Is(err, consortium.ErrSpec) {
		t.Errorf("of the notary: %v", err)
	}
	if _, err := os.Stat(copied); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("of the notary: a folder was made: %v", err)
	}
}

// A run that was cut short anywhere is finished by the next one with the same chain.
func TestInitAgain(t *testing.T) {
	dir := t.TempDir()
	initialise := func(list []consortium.Local) error {
		_, err := consortium.Init(t.Context(), dir, "city", list, consortium.Loopback(basePort), time.Now())
		return err
	}
	if err := initialise(founders); err != nil {
		t.Fatal(err)
	}
	want := must(os.ReadFile(filepath.Join(dir, "h1/members.json")))
	settings := must(os.ReadFile(filepath.Join(dir, "h1/node.yaml")))
	if err := os.WriteFile(filepath.Join(dir, "h1/node.yaml"), append(settings, "# edited\n"...), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, lost := range []string{"p2/chain/config/genesis.json", "p2/node.yaml", "i1/members.json",
		"notary/members.json"} {
		if err := os.Remove(filepath.Join(dir, lost)); err != nil {
			t.Fatal(err)
		}
		if err := initialise(founders); err != nil {
			t.Fatalf("without %s: %v", lost, err)
		}
	}
	if got := must(os.ReadFile(filepath.Join(dir, "h1/members.json"))); !bytes.Equal(got, want) {
		t.Error("the second run made another chain")
	}
	if got := must(os.ReadFile(filepath.Join(dir, "h1/node.yaml"))); !bytes.HasSuffix(got, []byte("# edited\n")) {
		t.Error("an edited settings file was written anew")
	}
	if err := initialise(founders[:4]); !errors.Is(err, consortium.ErrFounded) {
		t.Errorf("another list: %v", err)
	}
	other := slices.Clone(founders)
	other[0].Power = 2
	if err := initialise(other); !errors.Is(err, consortium.ErrSpec) {
		t.Errorf("another wish: %v", err)
	}
	if err := os.Remove(filepath.Join(dir, "notary/founding.json")); err != nil {
		t.Fatal(err)
	}
	if err := initialise(founders); !errors.Is(err, consortium.ErrFounded) {
		t.Errorf("the notary forgot, and members joined another chain: %v", err)
	}
}

func TestSpecsRefused(t *testing.T) {
	spec := func(id, name string, role chain.OrgRole, power int64) consortium.Spec {
		return consortium.Spec{ID: id, Name: name, Role: role, Power: power}
	}
	h1 := spec("h1", "第一医院", chain.OrgHospital, 1)
	for i, list := range [][]consortium.Local{
		{},
		{{Spec: spec("", "甲", chain.OrgHospital, 1)}},
		{{Spec: spec("../h1", "甲", chain.OrgHospital, 1)}},
		{{Spec: spec("notary", "甲", chain.OrgHospital, 1)}},
		{{Spec: spec("h1", "", chain.OrgHospital, 1)}},
		{{Spec: spec("h1", " 甲", chain.OrgHospital, 1)}},
		{{Spec: spec("h1", "\u200b", chain.OrgHospital, 1)}},
		{{Spec: spec("h1", "甲\u202e乙", chain.OrgHospital, 1)}},
		{{Spec: spec("h1", "甲\n乙", chain.OrgHospital, 1)}},
		{{Spec: spec("h1", "e\u0301", chain.OrgHospital, 1)}},
		{{Spec: spec("h1", strings.Repeat("甲", 65), chain.OrgHospital, 1)}},
		{{Spec: spec("h1", "甲", chain.OrgHospital, -1)}},
		{{Spec: h1}, {Spec: h1}},
		{{Spec: spec("h1", "甲", chain.OrgHospital, 0)}},
		{{Spec: h1}, {Spec: spec("r1", "乙", chain.OrgRegulator, 1)}},
		{{Spec: h1}, {Spec: spec("p1", "乙", chain.OrgPharmacy, 0), Host: "p9"}},
		{{Spec: h1}, {Spec: spec("p1", "乙", chain.OrgPharmacy, 1), Host: "h1"}},
	} {
		if _, err := consortium.Init(t.Context(), t.TempDir(), "city", list, consortium.Loopback(basePort),
			time.Now()); !errors.Is(err, consortium.ErrSpec) {
			t.Errorf("case %d: %v", i, err)
		}
	}
	for _, address := range []string{"h1", ":1", "h1:0", "h1:70000", "a,b:1", "x@h1:1"} {
		if _, _, err := open(t, t.TempDir()).
			Ask(t.Context(), h1, address, time.Now()); !errors.Is(err, consortium.ErrSpec) {
			t.Errorf("address %q: %v", address, err)
		}
	}
}

// A request says what its keys have signed, and nothing else.
func TestForgedRequests(t *testing.T) {
	_, good, _ := ask(t, founders[0].Spec, "127.0.0.1:1")
	_, other, _ := ask(t, founders[3].Spec, "127.0.0.1:2")
	if _, err := consortium.ParseRequest(append(good.Bytes(), '\n')); err != nil {
		t.Fatal(err)
	}
	for name, forge := range map[string]func(r *consortium.Request){
		"name":              func(r *consortium.Request) { r.Member.Name = "第九医院" },
		"power":             func(r *consortium.Request) { r.Member.Power = 9 },
		"role":              func(r *consortium.Request) { r.Member.Role = chain.OrgPharmacy },
		"id":                func(r *consortium.Request) { r.Member.ID, r.Node.Member = "i1", "i1" },
		"address":           func(r *consortium.Request) { r.Node.Address = "192.0.2.1:1" },
		"other's node":      func(r *consortium.Request) { r.Node.Key = other.Node.Key },
		"other's validator": func(r *consortium.Request) { r.Member.Validator = other.Member.Validator },
		"other's seal":      func(r *consortium.Request) { r.Member.Seal = other.Member.Seal },
		"other's CA":        func(r *consortium.Request) { r.Member.CA = other.Member.CA },
		"other's CA, seal": func(r *consortium.Request) {
			r.Member.CA, r.Member.Seal = other.Member.CA,
				other.Member.Seal
		},
		"no proof of seal":   func(r *consortium.Request) { r.Proofs.Seal = other.Proofs.Seal },
		"no proof of vote":   func(r *consortium.Request) { r.Proofs.Validator = other.Proofs.Validator },
		"no proof of node":   func(r *consortium.Request) { r.Proofs.Node = "" },
		"voter without node": func(r *consortium.Request) { r.Node = nil },
		"version":            func(r *consortium.Request) { r.V = 2 },
	} {
		r, node := *good, *good.Node
		r.Node = &node
		forge(&r)
		if _, err := consortium.ParseRequest(r.Bytes()); !errors.Is(err, consortium.ErrRequest) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := open(t, t.TempDir()).
			Establish(t.Context(), "city", []*consortium.Request{&r, other}, time.Now()); err == nil {
			t.Errorf("%s: the notary granted it", name)
		}
	}
	spaced := bytes.Replace(good.Bytes(), []byte(`{"member"`), []byte(`{ "member"`), 1)
	if _, err := consortium.ParseRequest(spaced); !errors.Is(err, consortium.ErrRequest) {
		t.Errorf("another spelling: %v", err)
	}
}

// A request may be true and still not go with the others.
func TestRequestsTogether(t *testing.T) {
	at := time.Now()
	_, h1, dir := ask(t, founders[0].Spec, "127.0.0.1:1")
	_, sameAddress, _ := ask(t, founders[3].Spec, "127.0.0.1:1")
	_, sameID, _ := ask(t, founders[0].Spec, "127.0.0.1:2")

	thief := t.TempDir() // somebody with a copy of another's node keys can prove to hold them
	if err := os.CopyFS(filepath.Join(thief, "chain"), os.DirFS(filepath.Join(dir, "chain"))); err != nil {
		t.Fatal(err)
	}
	sameKeys, _, err := open(t, thief).Ask(t.Context(), founders[3].Spec, "127.0.0.1:2", at)
	if err != nil {
		t.Fatal(err)
	}
	oldDir := open(t, t.TempDir())
	old := must2(oldDir.Ask(t.Context(), founders[3].Spec, "127.0.0.1:2", at.AddDate(0, -4, 0)))
	for name, list := range map[string][]*consortium.Request{
		"one address": {h1, sameAddress}, "one id": {h1, sameID}, "one node": {h1, sameKeys}, "twice": {h1, h1},
		"old": {h1, old}, "nobody": {},
	} {
		if made, err := open(t, t.TempDir()).Establish(t.Context(), "city", list, at); err == nil {
			t.Errorf("%s: founded %v", name, made.Members.Chain)
		}
	}
}

func must2[T, U any](v T, _ U, err error) T { return must(v, err) }

// An organisation joins only what it asked for, unaltered and under one root's signature.
func TestJoinRefuses(t *testing.T) {
	mine, h1, _ := ask(t, founders[0].Spec, "127.0.0.1:1")
	_, i1, _ := ask(t, founders[3].Spec, "127.0.0.1:2")
	establish := func(requests ...*consortium.Request) *consortium.Founding {
		return must(open(t, t.TempDir()).Establish(t.Context(), "city", requests, time.Now()))
	}
	made := establish(h1, i1)
	for name, alter := range map[string]func(f *consortium.Founding){
		"time":    func(f *consortium.Founding) { f.Time++ },
		"name":    func(f *consortium.Founding) { f.Members.Members[1].Name = "第九医院" },
		"power":   func(f *consortium.Founding) { f.Members.Members[0].Power = 7 },
		"chain":   func(f *consortium.Founding) { f.Members.Chain = "other" },
		"address": func(f *consortium.Founding) { f.Nodes[0].Address = "192.0.2.1:1" },
		"no node": func(f *consortium.Founding) { f.Nodes = f.Nodes[:1] },
		"genesis": func(f *consortium.Founding) { f.Genesis = strings.Repeat("0", 64) },
		"root":    func(f *consortium.Founding) { f.Members.Root = establish(h1, i1).Members.Root },
		"sig":     func(f *consortium.Founding) { f.Sig = establish(h1, i1).Sig },
		"version": func(f *consortium.Founding) { f.V = 2 },
	} {
		altered := *made
		altered.Members.Members, altered.Nodes = slices.Clone(made.Members.Members), slices.Clone(made.Nodes)
		alter(&altered)
		if _, err := consortium.ParseFounding(altered.Bytes()); !errors.Is(err, consortium.ErrFounding) {
			t.Errorf("%s altered: %v", name, err)
		}
		if _, err := mine.Join(&altered, "", "127.0.0.1:3"); !errors.Is(err, consortium.ErrFounding) {
			t.Errorf("%s altered: joined: %v", name, err)
		}
	}
	_, another, _ := ask(t, founders[0].Spec, "127.0.0.1:1") // the same wish under other keys
	for name, f := range map[string]*consortium.Founding{"not listed": establish(i1),
		"another's keys": establish(another, i1)} {
		if _, err := mine.Join(f, "", "127.0.0.1:3"); !errors.Is(err, consortium.ErrFounding) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := open(t, t.TempDir()).Join(made, "", "127.0.0.1:3"); !errors.Is(err, consortium.ErrNoNode) {
		t.Errorf("a folder that asked for nothing: %v", err)
	}
	if _, err := mine.Join(made, "0.0.0.0:1", "127.0.0.1:3"); err != nil {
		t.Errorf("the true one: %v", err)
	}
	if _, err := mine.Join(establish(h1, i1), "", "127.0.0.1:3"); !errors.Is(err, consortium.ErrFounded) {
		t.Errorf("a second chain: %v", err)
	}
}

// The private keys asked with must be there when the node is to start with them.
func TestJoinNeedsItsKeys(t *testing.T) {
	_, h1, dir := ask(t, founders[0].Spec, "127.0.0.1:1")
	made := must(open(t, t.TempDir()).Establish(t.Context(), "city", []*consortium.Request{h1}, time.Now()))
	for _, lost := range []string{"keys/sm2/seal-h1.key", "chain/config/node_key.json",
		"chain/config/priv_validator_key.json"} {
		t.Run(filepath.Base(lost), func(t *testing.T) {
			copied := t.TempDir()
			if err := os.CopyFS(copied, os.DirFS(dir)); err != nil {
				t.Fatal(err)
			}
			if err := os.Remove(filepath.Join(copied, lost)); err != nil {
				t.Fatal(err)
			}
			if s, err := open(t, copied).Join(made, "", "127.0.0.1:3"); err == nil {
				t.Errorf("joined: %+v", s)
			}
		})
	}
	if _, err := os.Stat(filepath.Join(dir, "node.yaml")); err == nil {
		t.Error("a node's settings before the founding")
	}
}
