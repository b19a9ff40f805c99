package consortium

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/base64"
	"github.com/smart-hospital/hospital/chain/gm/pki"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/membership"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
)

// ErrEntry is a member's entry that does not fit: the text names what.
var ErrEntry = errors.New("consortium: entry refused")

// Admit is the notary's part when an organisation joins later, or comes back with new keys: it
// checks the request and certifies the organisation's CA. The entry it returns is what the members
// vote on; by itself it admits nobody. ErrRequest.
func (f *Folder) Admit(ctx context.Context, r *Request, at time.Time) (*membership.Member, error) {
	made, err := ReadFounding(f.path(foundingFile))
	if err != nil {
		return nil, err
	}
	if err := r.check(); err != nil {
		return nil, fmt.Errorf("%w: %q: %w", ErrRequest, r.Member.ID, err)
	}
	root, err := parse(made.Members.Root)
	if err != nil {
		return nil, err
	}
	signer, err := keyOf(f.keys, rootKey, root)
	if err != nil {
		return nil, err
	}
	m := r.Member
	own, err := parse(m.CA)
	if err != nil {
		return nil, err
	}
	from := own.NotBefore()
	if from.After(at) || at.Sub(from) > maxRequestAge {
		return nil, fmt.Errorf("%w: %q: made after now or more than %d days ago", ErrRequest, m.ID,
			maxRequestAge/(24*time.Hour))
	}
	ca, err := pki.Issue(root, issuer{ctx, signer}, caTemplate(r.spec(), from.Add(backdate)), own.PublicKey())
	if err != nil {
		return nil, fmt.Errorf("CA of %s: %w", m.ID, err)
	}
	m.CA = encode(ca)
	_, err = m.Open(root)
	return &m, err
}

// Renew makes a new seal key for a member of this folder and the entry with its certificate, for
// the members to vote on. The old key stays and is used until the change is in force.
func (f *Folder) Renew(ctx context.Context, m membership.Member, at time.Time) (*membership.Member, error) {
	ca, err := parse(m.CA)
	if err != nil {
		return nil, err
	}
	signer, err := keyOf(f.keys, caKey+m.ID, ca)
	if err != nil {
		return nil, err
	}
	seal, err := f.newKey(sealKey + m.ID)
	if err != nil {
		return nil, err
	}
	cert, err := pki.Issue(ca, issuer{ctx, signer}, sealTemplate(Spec{ID: m.ID}, at), seal.Public())
	if err != nil {
		return nil, fmt.Errorf("seal of %s: %w", m.ID, err)
	}
	m.Seal = encode(cert)
	return &m, nil
}

// newKey makes the next key of that name.
func (f *Folder) newKey(name string) (keystore.Signer, error) {
	for n := 2; ; n++ {
		signer, err := f.keys.Create(numbered(name, n))
		if !errors.Is(err, keystore.ErrExists) {
			return signer, err
		}
	}
}

// Vote makes a member's vote for a change of the list in force; seq is the subject's next.
func (f *Folder) Vote(ctx context.Context, inForce *membership.Members, member string, change *membership.Change,
	seq uint64, at time.Time) (chain.Record, error) {
	seal, err := Hosted(f.keys, inForce).Seal(member)
	if err != nil {
		return chain.Record{}, err
	}
	digest := change.Digest().String()
	st := chain.Statement{
		V: chain.Version, Chain: inForce.Chain, Kind: chain.KindVote, Subject: chain.SubjectGov + digest, Seq: seq,
		Time:  at.UnixMilli(),
		Actor: seal.Cert.ID(), Org: member, Digest: digest, Facts: chain.Facts{Change: base64.Encode(change.Bytes())},
	}
	return intent.SystemRecord(ctx, seal, st)
}

// Enter sets up the node of an organisation that was admitted after the founding: everything as in
// Join, with the entry that the members voted on in place of the founding's. Its node fetches the
// chain from the founders' nodes. ErrFounding, ErrEntry.
func (f *Folder) Enter(made *Founding, entry *membership.Member, listen, explorer string) (NodeSettings, error) {
	var none NodeSettings
	if err := made.check(); err != nil {
		return none, fmt.Errorf("%w: %w", ErrFounding, err)
	}
	asked, err := f.requests()
	if err != nil {
		return none, err
	}
	for _, r := range asked {
		if r.Member.ID != entry.ID {
			continue
		}
		if r.Node == nil {
			return none, fmt.Errorf("%w: %s: nothing in it has asked for a node", ErrNoNode, f.dir)
		}
		if err := made.admits(entry, r); err != nil {
			return none, fmt.Errorf("%w: %w", ErrEntry, err)
		}
		if err := f.holds(r); err != nil {
			return none, err
		}
		s, err := made.settings(*r.Node, listen, explorer)
		if err != nil {
			return none, err
		}
		return s, f.install(made, []*Request{r}, s) // its trace key is not in the founding: it comes by a grant
	}
	return none, fmt.Errorf("%w: %s: this folder has not asked for it", ErrEntry, entry.ID)
}

// admits tells whether the entry is the request's, certified by the founding's root.
func (f *Founding) admits(entry *membership.Member, r *Request) error {
	root, err := parse(f.Members.Root)
	if err != nil {
		return err
	}
	if _, err := entry.Open(root); err != nil {
		return err
	}
	return sameEntry(*entry, r)
}
