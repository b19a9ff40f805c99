package consortium

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/base64"
	"github.com/smart-hospital/hospital/chain/canonical"
	"github.com/smart-hospital/hospital/chain/comet/home"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/gm/pki"
	"github.com/smart-hospital/hospital/chain/membership"
	"github.com/smart-hospital/hospital/chain/merkle"
	"github.com/smart-hospital/hospital/chain/platform/durable"
)

const (
	maxFoundingBytes = 4 << 20
	foundingPrefix   = "hospital/consortium-founding/v1\n"
)

// Errors of a founding.
var (
	ErrFounding = errors.New("consortium: founding refused")                       // altered, or not what was asked for
	ErrFounded  = errors.New("consortium: the folder has founded another already") // the text says what differs
)

// Founding is what the notary sends back to all organisations: everything that their nodes must
// agree on before the first block, signed by the root. All of it is public; the trace key in it is
// encrypted.
type Founding struct {
	// SM3 of the engine's genesis file: a node of another version would make another
	Genesis string             `json:"genesis"`
	Members membership.Members `json:"members"` // members.json
	Nodes   []Node             `json:"nodes"`   // who may connect; ascending by member
	Sig     string             `json:"sig"`     // by the root's key, base64
	Time    int64              `json:"time"`    // of the genesis block, Unix milliseconds
	Trace   *Trace             `json:"trace,omitempty"`
	V       int                `json:"v"`
}

// Bytes are the founding's canonical bytes.
func (f Founding) Bytes() []byte { return canonical.Bytes(f) }

// Digest names the founding: organisations compare it by a way of their own before they join.
func (f Founding) Digest() string { return merkle.Hash(gm.Sum(f.Bytes())).String() }

func (f Founding) message() []byte {
	f.Sig = ""
	return append([]byte(foundingPrefix), f.Bytes()...)
}

// ParseFounding reads a founding strictly and checks the root's signature, the members' list and
// the nodes: ErrFounding. That the root is the right one is for the organisations to compare
// (Digest).
func ParseFounding(text []byte) (*Founding, error) {
	f, err := canonical.Decode[Founding](bytes.TrimSpace(text), maxFoundingBytes)
	if err == nil {
		err = f.check()
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFounding, err)
	}
	return &f, nil
}

func (f *Founding) check() error {
	if f.V != chain.Version {
		return errors.New("v: must be 1")
	}
	roster, err := f.Members.Open()
	if err != nil {
		return err
	}
	root, err := parse(f.Members.Root)
	if err != nil {
		return err
	}
	sig, err := base64.Decode(f.Sig)
	if err != nil {
		return errors.New("sig: not base64")
	}
	if err := root.PublicKey().VerifyBoth(f.message(), sig); err != nil {
		return fmt.Errorf("sig: %w", err)
	}
	if err := f.checkNodes(roster); err != nil {
		return err
	}
	if err := f.Trace.check(f.Members.Members); err != nil {
		return err
	}
	_, genesis, err := home.MakeGenesis(&f.Members, f.at())
	if err != nil {
		return err
	}
	if merkle.Hash(gm.Sum(genesis)).String() != f.Genesis {
		return errors.New("genesis: this program makes another one; all must use one version")
	}
	return nil
}

func (f *Founding) at() time.Time { return time.UnixMilli(f.Time) }

// checkNodes: every voter has a node, and no two nodes a key or an address.
func (f *Founding) checkNodes(roster *membership.Roster) error {
	seen := map[string]bool{}
	for i, n := range f.Nodes {
		if _, ok := roster.Org(n.Member); !ok || (i > 0 && f.Nodes[i-1].Member >= n.Member) {
			return errors.New("nodes: must be members', one each, in ascending order")
		}
		if err := n.check(n.Member); err != nil {
			return err
		}
		if _, err := home.PeerID(n.Key); err != nil {
			return fmt.Errorf("nodes: %s: %w", n.Member, err)
		}
		if seen[n.Key] || seen[n.Address] {
			return fmt.Errorf("nodes: %s: key or address is another member's", n.Member)
		}
		seen[n.Key], seen[n.Address], seen["member "+n.Member] = true, true, true
	}
	for _, m := range f.Members.Members {
		if m.Power > 0 && !seen["member "+m.ID] {
			return fmt.Errorf("nodes: %s votes and has none", m.ID)
		}
	}
	return nil
}

// Establish founds a consortium out of the organisations' requests: it makes the root's key in this
// folder, which is the notary's and nobody else's, issues the CA certificates and writes
// members.json and founding.json. name is how the chain id begins. ErrRequest, ErrSpec. Run again
// with the same requests it returns what was founded; with others: ErrFounded.
func (f *Folder) Establish(ctx context.Context, name string, requests []*Request, at time.Time) (*Founding, error) {
	requests = slices.Clone(requests)
	slices.SortFunc(requests, func(a, b *Request) int { return strings.Compare(a.Member.ID, b.Member.ID) })
	text, found, err := readOptional(f.path(foundingFile))
	if err != nil {
		return nil, err
	}
	var made *Founding
	if found {
		if made, err = ParseFounding(text); err == nil {
			err = made.sameAs(requests)
		}
	} else {
		made, err = f.establish(ctx, NewChainID(name), requests, at)
	}
	if err != nil {
		return nil, err
	}
	if err := durable.WriteFile(f.path(membersFile), append(made.Members.Bytes(), '\n'), 0o644); err != nil {
		return nil, err
	}
	if found {
		return made, nil
	}
	return made, durable.WriteFile(f.path(foundingFile), append(made.Bytes(), '\n'), 0o644)
}

// NewChainID is unlike any other chain's, so that nothing signed for one consortium can be replayed
// in another.
func NewChainID(name string) string { return name + "-" + strings.ToLower(rand.Text()[:10]) }

// sameAs tells whether these are the requests that were granted.
func (f *Founding) sameAs(requests []*Request) error {
	if len(requests) != len(f.Members.Members) {
		return fmt.Errorf("%w: with %d members", ErrFounded, len(f.Members.Members))
	}
	for _, r := range requests {
		if err := f.grants(r); err != nil {
			return fmt.Errorf("%w: %w", ErrFounded, err)
		}
	}
	return nil
}

func (f *Folder) establish(ctx context.Context, chainID string, requests []*Request, at time.Time) (*Founding, error) {
	from, err := compare(requests, at)
	if err != nil {
		return nil, err
	}
	root, signer, err := foundRoot(ctx, f.keys, from.Add(backdate)) // valid as long as the oldest request
	if err != nil {
		return nil, err
	}
	made := &Founding{
		V: chain.Version, Time: at.UnixMilli(), Nodes: []Node{},
		Members: membership.Members{V: chain.Version, Chain: chainID, Root: encode(root), Schemas: firstSchemas()},
	}
	for _, r := range requests {
		m := r.Member
		own, err := parse(m.CA)
		if err != nil {
			return nil, err
		}
		ca, err := pki.Issue(root, issuer{ctx, signer}, caTemplate(r.spec(), own.NotBefore().Add(backdate)),
			own.PublicKey())
		if err != nil {
			return nil, fmt.Errorf("CA of %s: %w", m.ID, err)
		}
		m.CA = encode(ca)
		made.Members.Members = append(made.Members.Members, m)
		if r.Node != nil {
			made.Nodes = append(made.Nodes, *r.Node)
		}
	}
	if made.Trace, err = f.newTrace(made.Members.Members); err != nil {
		return nil, err
	}
	_, genesis, err := home.MakeGenesis(&made.Members, made.at())
	if err != nil {
		return nil, err
	}
	made.Genesis = merkle.Hash(gm.Sum(genesis)).String()
	sig, err := signer.Sign(ctx, made.message())
	if err != nil {
		return nil, err
	}
	made.Sig = base64.Encode(sig)
	return made, made.check()
}

// compare checks the requests, each again and all of them together, and returns when the oldest
// one's certificates begin.
func compare(requests []*Request, at time.Time) (oldest time.Time, err error) {
	specs := make([]Spec, len(requests))
	cas := map[string]string{}
	oldest = at
	for i, r := range requests {
		if err := r.check(); err != nil {
			return oldest, fmt.Errorf("%w: %q: %w", ErrRequest, r.Member.ID, err)
		}
		ca, err := parse(r.Member.CA)
		if err != nil {
			return oldest, err
		}
		from, key := ca.NotBefore(), ca.PublicKey().Hex()
		if from.After(at) || at.Sub(from) > maxRequestAge {
			return oldest, fmt.Errorf("%w: %q: made after the founding or more than %d days ago", ErrRequest,
				r.Member.ID, maxRequestAge/(24*time.Hour))
		}
		if other := cas[key]; other != "" {
			return oldest, fmt.Errorf("%w: %q: CA key is %q's", ErrRequest, r.Member.ID, other)
		}
		if from.Before(oldest) {
			oldest = from
		}
		specs[i], cas[key] = r.spec(), r.Member.ID
	}
	return oldest, check(specs)
}

// ReadFounding is ParseFounding of a file.
func ReadFounding(file string) (*Founding, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return ParseFounding(text)
}
