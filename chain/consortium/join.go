package consortium

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/canonical"
	"github.com/smart-hospital/hospital/chain/comet"
	"github.com/smart-hospital/hospital/chain/comet/home"
	"github.com/smart-hospital/hospital/chain/membership"
	"github.com/smart-hospital/hospital/chain/platform/durable"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/watch"
)

// NodeSettings is node.yaml in an organisation's folder: how its node runs. The operator may edit
// it.
type NodeSettings struct {
	Member   string   `yaml:"member"`             // whose node it is
	Listen   string   `yaml:"listen"`             // host:port for peers
	Explorer string   `yaml:"explorer"`           // host:port of the explorer
	Peers    []string `yaml:"peers"`              // "nodeid@host:port": these may connect, and nobody else
	Instance bool     `yaml:"instance,omitempty"` // a further node of the member, made by AddInstance

	comet.Growth `yaml:",inline"`

	Watch []watch.Peer `yaml:"watch,omitempty"` // the other members' explorers, to compare with
	// without a block while something waits, until an alarm; 0: watch.DefaultSilence
	Silence time.Duration `yaml:"silence,omitempty"`

	// of a regulator: how long a hospital may owe a document; 0: a day
	Withheld time.Duration `yaml:"withheld,omitempty"`
}

const settingsComment = `# Written by "hospital consortium join". Restart the node after a change.
# listen: where the other members' nodes reach this one.
# explorer: where people do.
# peers: who may connect; nobody else can.
# watch: the other members' explorers, [{member: i1, url: "https://…"}], which this node compares with itself.
# silence: longest time, as 30s, without a block while something waits, until an alarm is raised.
# withheld, at a regulator: how long a hospital may owe a document.
# fromSnapshot: begin in an empty folder with the newest snapshot of a peer instead of the first block.
# snapshotEvery: records from one snapshot for late nodes to the next, 0: none.
# keepBlocks: how many of the newest blocks the engine keeps, 0: all; see app/docs/RUNBOOK.md.
# instance: a further node of the member, for another instance of its application on the same PostgreSQL and Redis.
`

// ErrNoNode: the folder holds no node's settings.
var ErrNoNode = errors.New("consortium: the folder holds no node")

// ReadNodeSettings reads the settings of a folder's node: ErrNoNode when it was not made by Join.
func ReadNodeSettings(dir string) (s NodeSettings, err error) {
	f := &Folder{dir: dir}
	text, found, err := readOptional(f.path(settingsFile))
	if err != nil {
		return s, err
	}
	if !found {
		return s, fmt.Errorf("%w: %s", ErrNoNode, dir)
	}
	s.SnapshotEvery = comet.DefaultSnapshotEvery
	d := yaml.NewDecoder(strings.NewReader(string(text)))
	d.KnownFields(true)
	if err := d.Decode(&s); err != nil {
		return s, fmt.Errorf("%s: %w", settingsFile, err)
	}
	if err := checkAddress(s.Listen); err != nil {
		return s, fmt.Errorf("%s: listen: %w", settingsFile, err)
	}
	if err := checkAddress(s.Explorer); err != nil {
		return s, fmt.Errorf("%s: explorer: %w", settingsFile, err)
	}
	if err := s.Check(); err != nil {
		return s, fmt.Errorf("%s: %w", settingsFile, err)
	}
	for _, p := range s.Watch {
		if err := p.Check(); err != nil {
			return s, fmt.Errorf("%s: watch: %w", settingsFile, err)
		}
	}
	if s.Silence < 0 || s.Withheld < 0 {
		return s, fmt.Errorf("%s: silence and withheld: must not be negative", settingsFile)
	}
	return s, nil
}

// Join takes a founding into the folder of an organisation that asked to be in it: it checks that
// everything asked for here is granted as it was asked and that the private keys are here, takes
// the trace key, and writes members.json, the node's settings and its genesis. listen is where the
// node waits for its peers, empty: the address it asked for. ErrFounding. Joining again is harmless
// and keeps edited settings.
func (f *Folder) Join(made *Founding, listen, explorer string) (NodeSettings, error) {
	return f.join(made, listen, explorer, nil)
}

func (f *Folder) join(made *Founding, listen, explorer string, others []watch.Peer) (NodeSettings, error) {
	var none NodeSettings
	if err := made.check(); err != nil {
		return none, fmt.Errorf("%w: %w", ErrFounding, err)
	}
	asked, err := f.requests()
	if err != nil {
		return none, err
	}
	var node *Node
	for _, r := range asked {
		if err := made.grants(r); err != nil {
			return none, fmt.Errorf("%w: %w", ErrFounding, err)
		}
		if err := f.holds(r); err != nil {
			return none, err
		}
		if r.Node != nil {
			node = r.Node
		}
	}
	if node == nil {
		return none, fmt.Errorf("%w: %s: nothing in it has asked for a node", ErrNoNode, f.dir)
	}
	s, err := made.settings(*node, listen, explorer)
	if err != nil {
		return none, err
	}
	s.Watch = others
	return s, f.install(made, asked, s)
}

// grants tells whether a request is in the founding exactly as it was made; only the CA's
// certificate is the root's now.
func (f *Founding) grants(r *Request) error {
	for _, m := range f.Members.Members {
		if m.ID != r.Member.ID {
			continue
		}
		if err := sameEntry(m, r); err != nil {
			return err
		}
		return f.grantsNode(r)
	}
	return fmt.Errorf("%s is not listed", r.Member.ID)
}

// sameEntry tells whether an entry is what was asked for; only the CA's certificate is the root's
// now.
func sameEntry(m membership.Member, r *Request) error {
	want, err := parse(r.Member.CA)
	if err != nil {
		return err
	}
	got, err := parse(m.CA)
	if err != nil {
		return err
	}
	m.CA = r.Member.CA
	if !bytes.Equal(canonical.Bytes(m), canonical.Bytes(r.Member)) || !got.PublicKey().Equal(want.PublicKey()) {
		return fmt.Errorf("%s is listed otherwise than it asked", m.ID)
	}
	return nil
}

func (f *Founding) grantsNode(r *Request) error {
	for _, n := range f.Nodes {
		if n.Member != r.Member.ID {
			continue
		}
		if r.Node == nil || n != *r.Node {
			return fmt.Errorf("%s's node is listed otherwise than it asked", n.Member)
		}
		return nil
	}
	if r.Node != nil {
		return fmt.Errorf("%s's node is not listed", r.Member.ID)
	}
	return nil
}

// holds checks that the private keys a request speaks of are in this folder.
func (f *Folder) holds(r *Request) error {
	for name, text := range map[string]string{caKey + r.Member.ID: r.Member.CA, sealKey + r.Member.ID: r.Member.Seal} {
		cert, err := parse(text)
		if err != nil {
			return err
		}
		signer, err := f.keys.Signer(name)
		if err != nil {
			return err
		}
		if !signer.Public().Equal(cert.PublicKey()) {
			return fmt.Errorf("%w: the key %s in the folder is not the one in its request", ErrFounding, name)
		}
	}
	if r.Node == nil {
		return nil
	}
	id, err := home.NewIdentity(f.path(chainFolder))
	if err != nil {
		return err
	}
	if id.Node != r.Node.Key || (r.Member.Power > 0 && id.Validator != r.Member.Validator) {
		return fmt.Errorf("%w: the node's keys in the folder are not those in its request", ErrFounding)
	}
	return nil
}

func (f *Founding) settings(own Node, listen, explorer string) (NodeSettings, error) {
	if listen == "" {
		listen = own.Address
	}
	s := NodeSettings{Member: own.Member, Listen: listen, Explorer: explorer, Peers: []string{},
		Growth: comet.Growth{SnapshotEvery: comet.DefaultSnapshotEvery}}
	for _, address := range []string{listen, explorer} {
		if err := checkAddress(address); err != nil {
			return s, err
		}
	}
	for _, n := range f.Nodes {
		if n.Member == own.Member {
			continue
		}
		id, err := home.PeerID(n.Key)
		if err != nil {
			return s, err
		}
		s.Peers = append(s.Peers, id+"@"+n.Address)
	}
	return s, nil
}

// install writes the files, the genesis last: a folder with it is complete.
func (f *Folder) install(made *Founding, asked []*Request, s NodeSettings) error {
	dir := f.path(chainFolder)
	if home.HasGenesis(dir) {
		members, err := home.ReadMembers(dir)
		if err != nil {
			return err
		}
		if members.Digest() != made.Members.Digest() {
			return fmt.Errorf("%w: the folder is in chain %s", ErrFounded, members.Chain)
		}
	}
	if err := f.takeTraceKeys(made, asked); err != nil {
		return err
	}
	if err := durable.WriteFile(f.path(membersFile), append(made.Members.Bytes(), '\n'), 0o644); err != nil {
		return err
	}
	text, err := yaml.Marshal(s)
	if err != nil {
		return err
	}
	if _, err := os.Stat(f.path(settingsFile)); err != nil {
		if err := durable.WriteFile(f.path(settingsFile), append([]byte(settingsComment), text...), 0o600); err != nil {
			return err
		}
	}
	if home.HasGenesis(dir) {
		return nil
	}
	_, err = home.WriteGenesis(dir, &made.Members, made.at())
	return err
}

// Sealer seals state roots for a member whose keys the folder holds.
func (f *Folder) Sealer(member string) comet.Sealer { return sealer{f.keys, member} }

// Organisations are the members whose keys the folder holds, by the list in force.
func (f *Folder) Organisations(inForce func() *membership.Members) *Organisations {
	return &Organisations{keys: f.keys, list: inForce}
}

// Role is what a member of this folder is: as it asked to be, or as a list says that names it;
// empty when neither tells.
func (f *Folder) Role(member string, list *membership.Members) (chain.OrgRole, error) {
	for _, m := range list.Members {
		if m.ID == member {
			return m.Role, nil
		}
	}
	asked, err := f.requests() // it joins later than the genesis
	if err != nil {
		return "", err
	}
	for _, r := range asked {
		if r.Member.ID == member {
			return r.Member.Role, nil
		}
	}
	return "", nil
}

// Box seals what is personal in a database of the folder.
func (f *Folder) Box(name string) (*keystore.Box, error) {
	secret, err := f.keys.Secret(name, keystore.BoxKeySize)
	if err != nil {
		return nil, err
	}
	return keystore.NewBox(secret), nil
}
