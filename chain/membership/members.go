package membership

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/smart-hospital/hospital/chain/base64"
	"github.com/smart-hospital/hospital/chain/canonical"
	"github.com/smart-hospital/hospital/chain/contract"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/gm/pki"
	"github.com/smart-hospital/hospital/chain/merkle"
)

// Limits of the members' list.
const (
	MaxMembers      = 128
	MaxMemberName   = 128     // bytes of UTF-8
	MaxPower        = 1 << 40 // voting power of one member; the sum stays far below 2^53
	MaxNodes        = 8       // of one member
	MaxSchemas      = 64
	MaxMembersBytes = 1 << 20 // of a published list
	MaxCertText     = contract.MaxCertText
)

// ErrMembers is a members' list that cannot be trusted; the text names the member and the rule.
var ErrMembers = errors.New("chain: bad members' list")

// Members is the consortium's published list: all that a stranger needs to check a receipt offline.
// A consortium publishes it as members.json; the genesis block holds the same.
type Members struct {
	Chain   string   `json:"chain" example:"demo-ppk7scfuqg"`
	From    int64    `json:"from,omitempty" example:"1024"` // first height it is in force at; absent: the genesis list
	Members []Member `json:"members"`                       // ascending by ID
	Root    string   `json:"root" example:"MIIB…"`          // base64 DER of the consortium's root certificate
	Schemas []Schema `json:"schemas,omitempty"`             // upgrades agreed on, ascending
	V       int      `json:"v" example:"1"`
}

// Schema is an agreed upgrade: from a height on, statements of this version are taken beside the
// older ones.
type Schema struct {
	From int64 `json:"from" example:"100000"` // height
	V    int   `json:"v" example:"2"`         // above all earlier ones
}

// Member is one organisation of the consortium.
type Member struct {
	// base64 DER of its CA certificate, issued by Root
	CA string `json:"ca" example:"MIIB…"`
	// "h1": opaque, at most MaxOrgLen
	ID string `json:"id" example:"h1"`
	// organisation's public name
	Name string `json:"name" example:"仁济智慧医院"`
	// base64 ed25519 keys of the nodes that may connect for it, that of its validator first
	Nodes []string `json:"nodes,omitempty" example:"Yk1pV2r0m5b7x9c1q3s5u7w9y1a3c5e7g9i1k3m5o7q="`
	// voting power; 0: it writes and reads, but does not vote
	Power int64            `json:"power" example:"1"`
	Role  contract.OrgRole `json:"role" example:"hospital"` //
	// base64 DER of its seal certificate, issued by CA, role seal
	Seal string `json:"seal" example:"MIIB…"`
	// it reads, but neither votes nor writes
	Suspended bool `json:"suspended,omitempty"`
	// base64 ed25519 key of its consensus node; empty: no vote
	Validator string `json:"validator,omitempty" example:"Yk1pV2r0m5b7x9c1q3s5u7w9y1a3c5e7g9i1k3m5o7q="`
}

// Bytes are the list's canonical bytes (RFC 8785).
func (m Members) Bytes() []byte {
	m.Members = canonical.OrEmpty(m.Members)
	return canonical.Bytes(m)
}

// Digest is what Header.MembersRoot holds: SM3(0x06 ‖ canonical bytes).
func (m Members) Digest() merkle.Hash { return gm.Sum([]byte{merkle.TagMembers}, m.Bytes()) }

// ParseMembers reads a published list strictly (see ParseReceipt) and checks it as Open does.
func ParseMembers(b []byte) (*Members, error) {
	m, err := ReadMembers(b)
	if err != nil {
		return nil, err
	}
	if _, err := m.Open(); err != nil {
		return nil, err
	}
	return m, nil
}

// ParseGenesis reads the list that a chain began with, for a node of that chain: as ParseMembers,
// but checked as OpenInForce does. The list of an old chain may be one that nobody who verifies
// proofs takes.
func ParseGenesis(b []byte) (*Members, error) {
	m, err := ReadMembers(b)
	if err != nil {
		return nil, err
	}
	if _, err := m.OpenInForce(nil); err != nil {
		return nil, err
	}
	return m, nil
}

// ReadMembers reads a list strictly and checks nothing that it says: the caller MUST open it.
func ReadMembers(b []byte) (*Members, error) {
	m, err := canonical.DecodeFile[Members](b, MaxMembersBytes)
	return &m, err
}

// Roster is a members' list opened: certificates parsed and checked once, for use many times.
// Immutable.
type Roster struct {
	list   *Members
	root   *pki.Certificate
	orgs   map[string]*Org
	total  int64
	digest merkle.Hash
}

// Org is a member with its certificates.
type Org struct {
	Member
	CACert   *pki.Certificate
	SealCert *pki.Certificate
	former   []*pki.Certificate // its seals in the lists before
}

// SealOf is the member's seal with a certificate's id: the one of this list or, when the list was
// opened after those before it, one that the member had then. nil: it never was its seal.
func (o *Org) SealOf(id string) *pki.Certificate {
	if o.SealCert.ID() == id {
		return o.SealCert
	}
	if i := slices.IndexFunc(o.former, func(c *pki.Certificate) bool { return c.ID() == id }); i >= 0 {
		return o.former[i]
	}
	return nil
}

// OpenAfter is Open for the list that follows another: its members' former seals are known then.
func (m *Members) OpenAfter(before *Roster) (*Roster, error) {
	r, err := m.Open()
	if err != nil {
		return nil, err
	}
	return r.after(before), nil
}

func (r *Roster) after(before *Roster) *Roster {
	for id, org := range r.orgs {
		was, ok := before.orgs[id]
		if !ok {
			continue
		}
		if org.former = was.former; was.SealCert.ID() != org.SealCert.ID() {
			org.former = append(slices.Clone(was.former), was.SealCert)
		}
	}
	return r
}

// OpenInForce is Open, or OpenAfter when before is not nil, for the ledger, which has to go on from
// the lists that its blocks brought into force: a list made where schema 2 was not in force is
// judged as it was then, its certificates by X.509 alone. So are, under schema 2, the certificates
// that stood with their member in the list before: else two of them could not be changed one after
// the other, for each change would leave one. Who verifies proofs opens by Open.
func (m *Members) OpenInForce(before *Roster) (*Roster, error) {
	if before == nil {
		return m.openInForce(nil)
	}
	r, err := m.openInForce(before.list)
	if err != nil {
		return nil, err
	}
	return r.after(before), nil
}

func (m *Members) openInForce(before *Members) (*Roster, error) {
	old := m.judgedBy() < contract.Schema2
	return m.open(func(next Member, root *pki.Certificate) (*Org, error) {
		if old || before != nil && before.certifies(next) {
			return next.open1(root)
		}
		return next.Open(root)
	})
}

// certifies tells whether the list has a member with these very certificates; they name it.
func (m *Members) certifies(o Member) bool {
	return slices.ContainsFunc(m.Members, func(was Member) bool { return was.CA == o.CA && was.Seal == o.Seal })
}

// Open checks the list and parses its certificates: every CA issued by the root, every seal by its
// member's CA with the role seal and the member's id. Errors: ErrMembers with the member and the
// rule.
func (m *Members) Open() (*Roster, error) { return m.open(Member.Open) }

func (m *Members) open(judge func(m Member, root *pki.Certificate) (*Org, error)) (*Roster, error) {
	if m.V != contract.Schema1 || !contract.IsChain(m.Chain) || m.From < 0 || m.From > canonical.MaxSafe ||
		len(m.Members) == 0 || len(m.Members) > MaxMembers {
		return nil, fmt.Errorf("%w: v, chain, from or number of members", ErrMembers)
	}
	root, err := ParseCertificate(m.Root)
	if err != nil {
		return nil, fmt.Errorf("%w: root: %w", ErrMembers, err)
	}
	if err := m.checkSchemas(); err != nil {
		return nil, err
	}
	r := &Roster{list: m, root: root, orgs: make(map[string]*Org, len(m.Members)), digest: m.Digest()}
	for i, member := range m.Members {
		if i > 0 && m.Members[i-1].ID >= member.ID {
			return nil, fmt.Errorf("%w: not in ascending order of ids", ErrMembers)
		}
		org, err := judge(member, root)
		if err != nil {
			return nil, fmt.Errorf("%w: member %q: %w", ErrMembers, member.ID, err)
		}
		if !contract.KnownOrg(member.Role, m.judgedBy()) {
			return nil, fmt.Errorf("%w: member %q: unknown role", ErrMembers, member.ID)
		}
		r.orgs[member.ID], r.total = org, r.total+member.Power
	}
	return r, r.distinct()
}

// SchemaAt is the newest version of statements that is taken at a height of this list; all older
// ones are taken as well.
func (m *Members) SchemaAt(height int64) int {
	v := contract.Schema1
	for _, s := range m.Schemas {
		if s.From <= height {
			v = s.V
		}
	}
	return v
}

// judgedBy is the schema by which the list itself is judged: the one in force at the height whose
// vote made it, two before its own. A program that does not know a later one refuses the list
// there, so that one which does must not take it.
func (m *Members) judgedBy() int { return m.SchemaAt(max(1, m.From-2)) }

func (m *Members) checkSchemas() error {
	last := Schema{V: contract.Schema1}
	for _, s := range m.Schemas {
		if s.V <= last.V || s.V > canonical.MaxSafe || s.From <= last.From || s.From > canonical.MaxSafe {
			return fmt.Errorf("%w: schemas must ascend in from and v", ErrMembers)
		}
		last = s
	}
	if len(m.Schemas) > MaxSchemas {
		return fmt.Errorf("%w: at most %d schemas", ErrMembers, MaxSchemas)
	}
	return nil
}

// distinct: one key, one vote; a key shared by two members would seal for both.
func (r *Roster) distinct() error {
	seen := map[string]bool{}
	for _, m := range r.list.Members {
		for _, key := range append([]string{m.Validator, r.orgs[m.ID].SealCert.PublicKey().Hex()}, m.Nodes...) {
			if key != "" && seen[key] {
				return fmt.Errorf("%w: member %q: key is another member's", ErrMembers, m.ID)
			}
			seen[key] = true
		}
	}
	if r.total == 0 {
		return fmt.Errorf("%w: nobody has a vote", ErrMembers)
	}
	return nil
}

// Open checks one member alone: every field, and its seal certificate through its CA to root. The
// error names the rule; Members.Open names the member.
func (m Member) Open(root *pki.Certificate) (*Org, error) {
	// The list itself is the anchor of trust, so validity in time is asked where a seal is used,
	// not here.
	return m.open(func(seal, ca *pki.Certificate) error { return pki.VerifyIssued(seal, ca, root, seal.NotBefore()) })
}

// open1 is Open as it was before schema 2: a seal that the root itself issued passed, and
// certificates outside the profile of RECEIPT.md section 11.
func (m Member) open1(root *pki.Certificate) (*Org, error) {
	return m.open(func(seal, ca *pki.Certificate) error {
		return pki.VerifyChain(seal, []*pki.Certificate{ca}, []*pki.Certificate{root}, seal.NotBefore(), nil)
	})
}

// OpenAlone is Open before there is a root: the organisation's CA has signed itself, and one that
// another has issued is refused. It is no member yet.
func (m Member) OpenAlone() (*Org, error) {
	return m.open(func(seal, ca *pki.Certificate) error {
		if !ca.SelfSigned() {
			return errors.New("ca: not signed by its own key")
		}
		return pki.VerifyChain(seal, nil, []*pki.Certificate{ca}, seal.NotBefore(), nil)
	})
}

func (m Member) open(issued func(seal, ca *pki.Certificate) error) (*Org, error) {
	switch {
	case !contract.KnownOrg(m.Role, contract.Newest):
		return nil, errors.New("unknown role")
	case !contract.IsOrg(m.ID) || !publicName(m.Name) || m.Power < 0 || m.Power > MaxPower ||
		(m.Power > 0) != (m.Validator != ""):
		return nil, errors.New("id, name, power or validator")
	case m.Power > 0 && (m.Role == contract.OrgRegulator || m.Suspended):
		return nil, errors.New("power: a regulator and a suspended member have none")
	case m.Validator != "" && !ed25519Key(m.Validator):
		return nil, errors.New("validator must be 32 bytes in base64")
	case len(m.Nodes) > MaxNodes || slices.ContainsFunc(m.Nodes, func(k string) bool { return !ed25519Key(k) }):
		return nil, fmt.Errorf("nodes must be at most %d keys of 32 bytes in base64", MaxNodes)
	}
	ca, err := ParseCertificate(m.CA)
	if err != nil {
		return nil, fmt.Errorf("ca: %w", err)
	}
	seal, err := ParseCertificate(m.Seal)
	if err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	if err := issued(seal, ca); err != nil {
		return nil, err
	}
	if contract.Role(seal.SubjectRole()) != contract.RoleSeal || seal.SubjectOrg() != m.ID {
		return nil, errors.New("seal certificate must have role seal and the member's id as organisation")
	}
	return &Org{Member: m, CACert: ca, SealCert: seal}, nil
}

func ed25519Key(text string) bool {
	key, _ := base64.Decode(text)
	return len(key) == 32
}

// publicName: at least one byte, at most MaxMemberName, of what can be seen and canonical JSON
// writes as it is in every language. What is no UTF-8 reads as U+FFFD, which is unprintable.
func publicName(s string) bool {
	return s != "" && len(s) <= MaxMemberName && !strings.ContainsFunc(s, func(r rune) bool {
		return strings.ContainsRune("\"\\<>&", r) || r&0xfffe == 0xfffe || unicode.Is(unprintable, r)
	})
}

// unprintable are the control, invisible, directional and private characters, spaces but the ASCII
// one, and what is no character. It is a list of our own, also in RECEIPT.md and in the mini-app:
// the standard library's tables grow with Unicode, so that a name would be good at one node and bad
// at the next. A character that is not assigned yet passes.
var unprintable = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x00, 0x1f, 1}, {0x7f, 0xa0, 1}, {0xad, 0xad, 1}, {0x600, 0x605, 1}, {0x61c, 0x61c, 1}, {0x6dd, 0x6dd, 1},
		{0x70f, 0x70f, 1}, {0x890, 0x891, 1},
		{0x8e2, 0x8e2, 1}, {0x1680, 0x1680, 1}, {0x180e, 0x180e, 1}, {0x2000, 0x200f, 1}, {0x2028, 0x202f, 1},
		{0x205f, 0x206f, 1}, {0x3000, 0x3000, 1},
		{0xd800, 0xf8ff, 1}, {0xfdd0, 0xfdef, 1}, {0xfeff, 0xfeff, 1}, {0xfff0, 0xffff, 1},
	},
	R32: []unicode.Range32{
		{0x110bd, 0x110bd, 1}, {0x110cd, 0x110cd, 1}, {0x13430, 0x1343f, 1}, {0x1bca0, 0x1bca3, 1},
		{0x1d173, 0x1d17a, 1}, {0x3fffe, 0x10ffff, 1},
	},
	LatinOffset: 3,
}

var errBase64 = errors.New("not base64 of a certificate")

// ParseCertificate reads a certificate as lists and receipts have it: its DER in base64, of at most
// MaxCertText characters.
func ParseCertificate(text string) (*pki.Certificate, error) {
	if len(text) > MaxCertText {
		return nil, errBase64
	}
	der, err := base64.Decode(text)
	if err != nil {
		return nil, errBase64
	}
	return pki.ParseCertificate(der)
}

// Members returns the list the roster was opened from; do not change it.
func (r *Roster) Members() *Members { return r.list }

// Chain is the chain id the list is for.
func (r *Roster) Chain() string { return r.list.Chain }

// Digest is Members.Digest, computed once.
func (r *Roster) Digest() merkle.Hash { return r.digest }

// Org returns a member by id.
func (r *Roster) Org(id string) (*Org, bool) {
	o, ok := r.orgs[id]
	return o, ok
}

// Quorum tells whether that much power is more than two thirds of all.
func (r *Roster) Quorum(power int64) bool { return 3*power > 2*r.total }

// Power is the voting power of all members, and the least of it that is a quorum.
func (r *Roster) Power() (all, quorum int64) { return r.total, 2*r.total/3 + 1 }

// CheckEnrolment tells whether a certificate is one that the organisation may enrol at a time:
// issued by its CA and nobody else, role and organisation fitting, an opaque CN. The reason is for
// people.
func (r *Roster) CheckEnrolment(o *Org, c *pki.Certificate, at int64) error {
	if err := o.mayEnrol(c); err != nil {
		return err
	}
	return pki.VerifyIssued(c, o.CACert, r.root, time.UnixMilli(at))
}

// CheckEnrolment1 is CheckEnrolment as the ledger asked where schema 1 alone is in force: a
// certificate that the root itself issued in the organisation's name passed. Old blocks are judged
// by it; nothing new is.
func (r *Roster) CheckEnrolment1(o *Org, c *pki.Certificate, at int64) error {
	if err := o.mayEnrol(c); err != nil {
		return err
	}
	return pki.VerifyChain(c, []*pki.Certificate{o.CACert}, []*pki.Certificate{r.root}, time.UnixMilli(at), nil)
}

func (o *Org) mayEnrol(c *pki.Certificate) error {
	switch {
	case c.IsCA():
		return errors.New("a CA certificate acts for nobody")
	case !contract.IsPerson(c.SubjectCN()):
		return errors.New("CN must be an opaque id of 1-64 characters A-Z a-z 0-9 . _ -")
	case !contract.MayEnrol(o.Role, contract.Role(c.SubjectRole()), contract.Newest):
		return errors.New("the organisation may not enrol this role")
	case c.SubjectOrg() != o.ID:
		return errors.New("certificate names another organisation")
	}
	return nil
}
