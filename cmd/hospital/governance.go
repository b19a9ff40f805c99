package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/canonical"
	"github.com/smart-hospital/hospital/chain/consortium"
	"github.com/smart-hospital/hospital/chain/membership"
	"github.com/smart-hospital/hospital/chain/platform/durable"
)

const publicFile = 0o644

type admitCmd struct {
	Dir     string `help:"The notary's folder." required:"" type:"path"`
	Request string `arg:"" help:"The organisation's request, as \"consortium request\" wrote it." type:"existingfile"`
	Out     string `help:"Where the entry is written." default:"entry.json" type:"path"`
	masterFlag
}

// Run certifies the organisation.
func (c admitCmd) Run(ctx context.Context) error {
	r, err := consortium.ReadRequest(c.Request)
	if err != nil {
		return err
	}
	f, err := consortium.OpenFolder(c.Dir, c.MasterKeyFile)
	if err != nil {
		return err
	}
	entry, err := f.Admit(ctx, r, time.Now())
	if err != nil {
		return err
	}
	return writeEntry(c.Out, entry)
}

func writeEntry(file string, m *membership.Member) error {
	if err := durable.WriteFile(file, append(canonical.Bytes(m), '\n'), publicFile); err != nil {
		return err
	}
	fmt.Printf("entry of %s: %s (public; the members vote on it: hospital consortium propose --entry)\n", m.ID, file)
	return nil
}

// nodeFlags say which organisation speaks, and through which node.
type nodeFlags struct {
	Dir  string `help:"The organisation's folder." required:"" type:"path"`
	Node string `help:"URL of the explorer of its own node; empty: the one in the folder's node.yaml."`
}

func (f nodeFlags) client() (explorer, consortium.NodeSettings, error) {
	s, err := consortium.ReadNodeSettings(f.Dir)
	if f.Node != "" && errors.Is(err, consortium.ErrNoNode) {
		err = nil // hosted by another's node
	}
	if f.Node != "" {
		return explorer(strings.TrimRight(f.Node, "/")), s, err
	}
	return explorer("http://" + s.Explorer), s, err
}

type renewCmd struct {
	nodeFlags
	ID  string `help:"Member id; empty: whose node it is." name:"id"`
	Out string `help:"Where the entry is written." default:"entry.json" type:"path"`
	masterFlag
}

// Run makes a new seal key; the old one stays in use until the members have agreed.
func (c renewCmd) Run(ctx context.Context) error {
	node, s, err := c.client()
	if err != nil {
		return err
	}
	list, err := node.members(ctx)
	if err != nil {
		return err
	}
	m, err := listed(list, cmp.Or(c.ID, s.Member))
	if err != nil {
		return err
	}
	f, err := consortium.OpenFolder(c.Dir, c.MasterKeyFile)
	if err != nil {
		return err
	}
	entry, err := f.Renew(ctx, *m, time.Now())
	if err != nil {
		return err
	}
	return writeEntry(c.Out, entry)
}

var errNoMember = errors.New("not in the members' list in force")

func listed(m *membership.Members, id string) (*membership.Member, error) {
	for i := range m.Members {
		if m.Members[i].ID == id {
			return &m.Members[i], nil
		}
	}
	return nil, fmt.Errorf("%s: %w", id, errNoMember)
}

// forceFlag lets an operator agree to what this program cannot follow.
type forceFlag struct {
	Force bool `help:"Agree to a record schema that this very program does not know and will stop before."`
}

// judges refuses a schema that this program does not know: whoever agrees to it by mistake stops
// the own node at its height.
func (f forceFlag) judges(c *membership.Change) error {
	if c.Schema == nil || f.Force || chain.Knows(c.Schema.V) {
		return nil
	}
	return fmt.Errorf(
		"this program does not know record schema %d and would stop before height %d; start the newer program first, or say --force", c.Schema.V, c.Schema.From)
}

type proposeCmd struct {
	nodeFlags
	Entry   string `help:"Entry of a member that joins or has new keys, as admit or renew wrote it." type:"existingfile" xor:"what" required:""`
	Remove  string `help:"Id of the member that leaves or is expelled." xor:"what" required:""`
	Suspend string `help:"Id of the member that shall neither vote nor write for a time." xor:"what" required:""`
	Resume  string `help:"Id of the suspended member that shall be as it was." xor:"what" required:""`
	AddNode string `help:"Key of a further node of the own organisation, as \"consortium instance\" printed it." xor:"what" required:""`
	Schema  int    `help:"Version of the record schema to allow, at --at." xor:"what" required:""`
	At      int64  `help:"Height from which the schema is allowed."`
	forceFlag
	Out string `help:"Where the change is written." default:"change.json" type:"path"`
}

// Run writes a change of the list in force. It has no effect until members vote for it.
func (c proposeCmd) Run(ctx context.Context) error {
	node, own, err := c.client()
	if err != nil {
		return err
	}
	history, err := node.history(ctx)
	if err != nil {
		return err
	}
	timeline, err := history.Open()
	if err != nil {
		return err
	}
	change, err := c.change(timeline, own.Member)
	if err != nil {
		return err
	}
	if err := c.judges(change); err != nil {
		return err
	}
	base := timeline.Newest().Members()
	if _, err := base.Apply(change, base.From+1); err != nil {
		return err
	}
	if err := durable.WriteFile(c.Out, append(change.Bytes(), '\n'), publicFile); err != nil {
		return err
	}
	describeChange(change, base)
	fmt.Printf("change %s\nto every member: %s\nwho agrees:      hospital consortium vote --dir … %s\n",
		change.Digest(), c.Out, c.Out)
	return nil
}

func (c proposeCmd) change(t *chain.Timeline, own string) (*membership.Change, error) {
	list := t.Newest().Members()
	out := &membership.Change{V: chain.Version, Base: list.Digest().String(), Remove: c.Remove}
	switch {
	case c.Entry != "":
		m, err := readEntry(c.Entry)
		out.Member = m
		return out, err
	case c.Suspend != "":
		m, err := listed(list, c.Suspend)
		if err != nil {
			return nil, err
		}
		stopped := *m
		stopped.Suspended, stopped.Power, stopped.Validator = true, 0, ""
		out.Member = &stopped
	case c.Resume != "":
		m, err := listed(list, c.Resume)
		if err != nil {
			return nil, err
		}
		before := *m
		for _, r := range slices.Backward(t.Lists()) {
			if o, ok := r.Org(c.Resume); ok && !o.Suspended {
				before.Power, before.Validator = o.Power, o.Validator
				break
			}
		}
		before.Suspended = false
		out.Member = &before
	case c.AddNode != "":
		m, err := listed(list, own)
		if err != nil {
			return nil, err
		}
		larger := *m
		larger.Nodes = append(slices.Clone(m.Nodes), c.AddNode)
		out.Member = &larger
	case c.Schema != 0:
		out.Schema = &membership.Schema{From: c.At, V: c.Schema}
	}
	return out, nil
}

func readEntry(file string) (*membership.Member, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	m, err := membership.ParseMember(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Base(file), err)
	}
	return m, nil
}

type voteCmd struct {
	nodeFlags
	Change string `arg:"" help:"The change, as propose wrote it." type:"existingfile"`
	ID     string `help:"Member id; empty: whose node it is." name:"id"`
	masterFlag
	forceFlag
}

// voteTries: another member's vote for the same change can take the place in the sequence that ours
// was made for, and after an adoption it takes one block more until the next vote counts.
const voteTries = 10

// Run shows the change and votes for it.
func (c voteCmd) Run(ctx context.Context) error {
	node, s, err := c.client()
	if err != nil {
		return err
	}
	text, err := os.ReadFile(c.Change)
	if err != nil {
		return err
	}
	change, err := membership.ParseChange(bytes.TrimSpace(text))
	if err != nil {
		return fmt.Errorf("%s: %w", c.Change, err)
	}
	if err := c.judges(change); err != nil {
		return err
	}
	f, err := consortium.OpenFolder(c.Dir, c.MasterKeyFile)
	if err != nil {
		return err
	}
	for try := 1; ; try++ {
		list, err := node.members(ctx)
		if err != nil {
			return err
		}
		if try == 1 {
			describeChange(change, list)
		}
		seq, err := node.next(ctx, chain.SubjectGov+change.Digest().String())
		if err != nil {
			return err
		}
		vote, err := f.Vote(ctx, list, cmp.Or(c.ID, s.Member), change, seq, time.Now())
		if err != nil {
			return err
		}
		status, height, err := node.vote(ctx, vote)
		if errors.Is(err, errOvertaken) && try < voteTries {
			continue
		}
		if err != nil {
			return err
		}
		fmt.Printf("voted at height %d: %s\n", height, status)
		if status == chain.StatusAdopted {
			fmt.Printf("more than two thirds agree: in force from height %d\n", height+2)
		}
		return nil
	}
}

func describeChange(c *membership.Change, list *membership.Members) {
	switch {
	case c.Remove != "":
		fmt.Printf("%s is no member any more\n", c.Remove)
	case c.Schema != nil:
		fmt.Printf("records of schema %d are taken from height %d on\n", c.Schema.V, c.Schema.From)
	case c.Member != nil:
		m, was := c.Member, "new"
		if _, err := listed(list, m.ID); err == nil {
			was = "instead of its present entry"
		}
		fmt.Printf("%s (%s, %s), %s: power %d, suspended %v, %d node(s)\n", m.ID, m.Name, m.Role, was, m.Power,
			m.Suspended, len(m.Nodes))
	}
}
