package consortium

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/base64"
	"github.com/smart-hospital/hospital/chain/canonical"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/membership"
	"github.com/smart-hospital/hospital/chain/merkle"
	"github.com/smart-hospital/hospital/chain/platform/durable"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
)

// The key of the trace codes' tags (追溯码). A tag on the chain is a keyed digest, so that nobody
// outside can try codes until one fits; it is one key for all who dispense, or a package handed out
// twice by two organisations would have two tags. The notary makes it, and every hospital and
// pharmacy gets it encrypted to its CA's key.
const (
	TraceSecret  = "trace-codes" // its name in a key store
	TraceKeySize = 32            // bytes
)

// ErrTraceKey: a trace key is not for this folder, does not open, or is another than the one known
// here.
var ErrTraceKey = errors.New("consortium: trace key refused")

// Trace is the consortium's trace key as a founding carries it: secret, but to those it is sealed
// for.
type Trace struct {
	Check string     `json:"check"` // digest of the key, for everybody to see that all have the same
	Keys  []TraceKey `json:"keys"`  // ascending by member
}

// TraceKey is the trace key for one member.
type TraceKey struct {
	Key    string `json:"key"` // base64 of the SM2 ciphertext (ASN.1) to the member's CA key
	Member string `json:"member"`
}

const maxTraceKey = 512 // base64 characters; 32 bytes make some 190

// dispenses tells who needs the key: pharmacies, and hospitals because they host some.
func dispenses(role chain.OrgRole) bool {
	return role == chain.OrgHospital || role == chain.OrgPharmacy
}

func traceCheck(key []byte) string {
	return merkle.Hash(gm.Sum([]byte("hospital/trace-key/v1\n"), key)).String()
}

// sealTraceKey encrypts the key to a member's CA.
func sealTraceKey(m membership.Member, key []byte) (TraceKey, error) {
	ca, err := parse(m.CA)
	if err != nil {
		return TraceKey{}, err
	}
	text, err := ca.PublicKey().Encrypt(key)
	return TraceKey{Key: base64.Encode(text), Member: m.ID}, err
}

// newTrace seals the notary's trace key for every member that dispenses.
func (f *Folder) newTrace(members []membership.Member) (*Trace, error) {
	key, err := f.keys.Secret(TraceSecret, TraceKeySize)
	if err != nil {
		return nil, err
	}
	t := &Trace{Check: traceCheck(key), Keys: []TraceKey{}}
	for _, m := range members {
		if !dispenses(m.Role) {
			continue
		}
		k, err := sealTraceKey(m, key)
		if err != nil {
			return nil, fmt.Errorf("trace key for %s: %w", m.ID, err)
		}
		t.Keys = append(t.Keys, k)
	}
	return t, nil
}

// check: one key for each member that dispenses, and for nobody else.
func (t *Trace) check(members []membership.Member) error {
	if t == nil { // founded by an older version: every installation has a key of its own
		return nil
	}
	if _, err := merkle.ParseHash(t.Check); err != nil {
		return errors.New("trace: check: must be 64 lower hex digits")
	}
	var want []string
	for _, m := range members {
		if dispenses(m.Role) {
			want = append(want, m.ID)
		}
	}
	var got []string
	for _, k := range t.Keys {
		if _, err := base64.Decode(k.Key); err != nil || len(k.Key) > maxTraceKey {
			return fmt.Errorf("trace: keys: %s: not a ciphertext in base64", k.Member)
		}
		got = append(got, k.Member)
	}
	if !slices.Equal(want, got) {
		return errors.New("trace: keys: must be one for each hospital and pharmacy, in ascending order")
	}
	return nil
}

// takeTraceKeys puts the key into the folder's store and notes which one its application has to
// have: ErrTraceKey. For a member that comes back with another CA key than at the founding there is
// none that opens: it comes by a grant.
func (f *Folder) takeTraceKeys(made *Founding, asked []*Request) error {
	t := made.Trace
	if t == nil {
		return nil
	}
	needed := false
	for _, r := range asked {
		needed = needed || dispenses(r.Member.Role)
		for _, k := range t.Keys {
			if k.Member != r.Member.ID || !made.knowsCA(r.Member) {
				continue
			}
			if err := f.takeTraceKey(k, t.Check); err != nil {
				return err
			}
		}
	}
	if !needed {
		return nil
	}
	return durable.WriteFile(f.path(traceFile), []byte(t.Check+"\n"), 0o644)
}

// knowsCA tells whether a member's CA key is the one that was founded with.
func (f *Founding) knowsCA(m membership.Member) bool {
	for _, listed := range f.Members.Members {
		if listed.ID != m.ID {
			continue
		}
		then, err := parse(listed.CA)
		now, err2 := parse(m.CA)
		return err == nil && err2 == nil && then.PublicKey().Equal(now.PublicKey())
	}
	return false
}

// TraceSecretOf is the trace key for the application on a data folder: the consortium's when the
// folder is in one that has it, and otherwise one of its own, made at the first start. ErrTraceKey
// when the consortium's has not been taken yet: tags by another key would let a package be handed
// out twice.
func TraceSecretOf(dir string, keys *keystore.Dir) ([]byte, error) {
	check, joined, err := readOptional(filepath.Join(dir, traceFile))
	if err != nil {
		return nil, err
	}
	if !joined {
		return keys.Secret(TraceSecret, TraceKeySize)
	}
	key, err := keys.ExistingSecret(TraceSecret, TraceKeySize)
	if errors.Is(err, keystore.ErrNotFound) {
		return nil,
			fmt.Errorf(
				"%w: not here yet: ask a hospital or pharmacy for grant-trace-key, then run hospital consortium take-trace-key", ErrTraceKey)
	}
	if err == nil && traceCheck(key) != strings.TrimSpace(string(check)) {
		err = fmt.Errorf("%w: the folder's is another than its consortium's", ErrTraceKey)
	}
	return key, err
}

func (f *Folder) takeTraceKey(k TraceKey, check string) error {
	text, err := base64.Decode(k.Key)
	if err != nil {
		return fmt.Errorf("%w: %s: not base64", ErrTraceKey, k.Member)
	}
	key, err := f.keys.Decrypt(caKey+k.Member, text)
	if err != nil {
		return fmt.Errorf("%w: %s: %w", ErrTraceKey, k.Member, err)
	}
	if len(key) != TraceKeySize || traceCheck(key) != check {
		return fmt.Errorf("%w: %s: not the key that the check tells of", ErrTraceKey, k.Member)
	}
	err = f.keys.PutSecret(TraceSecret, key)
	if errors.Is(err, keystore.ErrExists) {
		return fmt.Errorf("%w: %s: the folder has another one already", ErrTraceKey, k.Member)
	}
	return err
}

// TraceGrant is the trace key from a member that has it for one that joined after the founding.
type TraceGrant struct {
	Chain string   `json:"chain"`
	Check string   `json:"check"`
	Key   TraceKey `json:"key"`
	V     int      `json:"v"`
}

// Bytes are the grant's canonical bytes.
func (g TraceGrant) Bytes() []byte { return canonical.Bytes(g) }

// GrantTraceKey seals this folder's trace key for a member of the list in force: to the CA key that
// the members have voted in, and no other, so that a forged request gets nobody the key.
// chain.ErrNotFound for no member, ErrTraceKey for one that does not dispense or is suspended,
// keystore.ErrNotFound for a folder without the key.
func (f *Folder) GrantTraceKey(inForce *membership.Members, member string) (*TraceGrant, error) {
	i := slices.IndexFunc(inForce.Members, func(m membership.Member) bool { return m.ID == member })
	if i < 0 {
		return nil, fmt.Errorf("%w: member %s", chain.ErrNotFound, member)
	}
	m := inForce.Members[i]
	if !dispenses(m.Role) || m.Suspended {
		return nil, fmt.Errorf("%w: %s: must be a hospital or pharmacy, and not suspended", ErrTraceKey, member)
	}
	key, err := f.keys.ExistingSecret(TraceSecret, TraceKeySize)
	if err != nil {
		return nil, err
	}
	sealed, err := sealTraceKey(m, key)
	return &TraceGrant{Chain: inForce.Chain, Check: traceCheck(key), Key: sealed, V: chain.Version}, err
}

// TakeTraceGrant opens a grant in the folder of the member it is for: ErrTraceKey, also for another
// key than that of the founding the folder has joined. Taking it again is harmless. Before Join the
// check is for the operator to compare with the others.
func (f *Folder) TakeTraceGrant(text []byte) (*TraceGrant, error) {
	g, err := canonical.Decode[TraceGrant](bytes.TrimSpace(text), maxFoundingBytes)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrTraceKey, err)
	}
	if g.V != chain.Version {
		return nil, fmt.Errorf("%w: v: must be %d", ErrTraceKey, chain.Version)
	}
	check, joined, err := readOptional(f.path(traceFile))
	if err != nil {
		return nil, err
	}
	if joined && strings.TrimSpace(string(check)) != g.Check {
		// once taken it could not be replaced
		return nil, fmt.Errorf("%w: check: must be the consortium's", ErrTraceKey)
	}
	return &g, f.takeTraceKey(g.Key, g.Check)
}
