package bench

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/consortium"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/gm/pki"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/membership"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
)

// The throw-away consortium: a hospital and a pharmacy that write, and others that vote as well.
const (
	chainID  = "bench"
	hospital = "h1"
	pharmacy = "p1"
)

// Validity of the people's certificates and of the prescriptions they write: longer than any run.
const validity = 72 * time.Hour

// founders are as many as there may be validators; the first ones vote.
var founders = [MaxValidators]consortium.Spec{
	{ID: hospital, Name: "Bench Hospital", Role: chain.OrgHospital, Power: 1},
	{ID: pharmacy, Name: "Bench Pharmacy", Role: chain.OrgPharmacy, Power: 1},
	{ID: "i1", Name: "Bench Insurer", Role: chain.OrgInsurer, Power: 1},
	{ID: "h2", Name: "Bench Hospital 2", Role: chain.OrgHospital, Power: 1},
	{ID: "p2", Name: "Bench Pharmacy 2", Role: chain.OrgPharmacy, Power: 1},
	{ID: "h3", Name: "Bench Hospital 3", Role: chain.OrgHospital, Power: 1},
	{ID: "p3", Name: "Bench Pharmacy 3", Role: chain.OrgPharmacy, Power: 1},
}

// steps are a prescription's whole life on the chain, the settlement's records among its own in
// their order.
var steps = []struct {
	kind   chain.Kind
	prefix string
	seq    uint64
	org    string
	role   chain.Role // of the actor
}{
	{chain.KindIssue, chain.SubjectRx, 1, hospital, chain.RoleDoctor},
	{chain.KindApprove, chain.SubjectRx, 2, hospital, chain.RoleReviewer},
	{chain.KindPayOpen, chain.SubjectPay, 1, hospital, chain.RolePatient},
	{chain.KindPaySettle, chain.SubjectPay, 2, hospital, chain.RoleSeal},
	{chain.KindPay, chain.SubjectRx, 3, hospital, chain.RoleSeal},
	{chain.KindClaim, chain.SubjectRx, 4, pharmacy, chain.RoleDispenser},
	{chain.KindDispense, chain.SubjectRx, 5, pharmacy, chain.RoleDispenser},
}

// person is somebody with a certificate and its key.
type person struct {
	org  string
	cert *pki.Certificate
	key  *gm.PrivateKey
}

// ward is a consortium with one person of every role. Read-only once made.
type ward struct {
	at      time.Time
	members *membership.Members
	seals   map[string]intent.Seal
	people  map[chain.Role]person

	keys, enrolled string // key store's folder, file with the people's enrolments: for the validators' processes
	master         []byte // of the key store
	payload        int    // bytes of a record
}

func newWard(ctx context.Context, dir string, at time.Time) (*ward, error) {
	master := make([]byte, keystore.MasterSize)
	if _, err := rand.Read(master); err != nil {
		return nil, fmt.Errorf("bench: random source: %w", err)
	}
	w := &ward{
		at: at, seals: map[string]intent.Seal{}, people: map[chain.Role]person{},
		keys: filepath.Join(dir, "keys"), master: master, enrolled: filepath.Join(dir, "enrolments"),
	}
	keys, err := keystore.Open(w.keys, master)
	if err != nil {
		return nil, err
	}
	if w.members, err = consortium.Found(ctx, keys, chainID, founders[:], at); err != nil {
		return nil, err
	}
	orgs := consortium.Hosted(keys, w.members)
	for _, f := range founders {
		if w.seals[f.ID], err = orgs.Seal(f.ID); err != nil {
			return nil, err
		}
	}
	for _, s := range steps {
		if _, there := w.people[s.role]; there || s.role == chain.RoleSeal {
			continue
		}
		if w.people[s.role], err = employ(ctx, orgs, s.org, s.role, at); err != nil {
			return nil, err
		}
	}
	r, err := w.record(ctx, w.statements("sample")[0])
	if err != nil {
		return nil, err
	}
	w.payload = len(r.Bytes())
	enrolments, err := w.enrolments(ctx)
	if err != nil {
		return nil, err
	}
	return w, write(w.enrolled, [][]chain.Record{enrolments})
}

func employ(ctx context.Context, orgs *consortium.Organisations, org string, role chain.Role,
	at time.Time) (person, error) {
	key, err := gm.GenerateKey()
	if err != nil {
		return person{}, err
	}
	cert, err := orgs.Issue(ctx, org, pki.CertTemplate{
		CommonName: "bench-" + string(role), Organization: org, Unit: string(role), Client: true,
		NotBefore: at.Add(-time.Hour), NotAfter: at.Add(validity),
	}, key.Public())
	return person{org, cert, key}, err
}

// statement fills in what all statements have in common. The document it commits to does not exist;
// its digest does.
func (w *ward) statement(kind chain.Kind, org, actor, subject string, seq uint64, facts chain.Facts) chain.Statement {
	return chain.Statement{
		Actor: actor, Chain: chainID, Digest: chain.Digest(make([]byte, chain.SaltLen), []byte(subject)), Facts: facts,
		Kind: kind, Org: org, Seq: seq, Subject: subject, Time: w.at.UnixMilli(), V: chain.Version,
	}
}

// enrolments put the people's certificates on the chain.
func (w *ward) enrolments(ctx context.Context) (recs []chain.Record, err error) {
	for _, p := range w.people {
		st := w.statement(chain.KindEnrol, p.org, w.seals[p.org].Cert.ID(), chain.SubjectCert+p.cert.ID(), 1,
			chain.Facts{Cert: encode(p.cert.Raw())})
		r, err := w.record(ctx, st)
		if err != nil {
			return nil, err
		}
		recs = append(recs, r)
	}
	return recs, nil
}

// statements are a prescription's life.
func (w *ward) statements(id string) []chain.Statement {
	out := make([]chain.Statement, len(steps))
	for i, s := range steps {
		actor := w.seals[s.org].Cert.ID()
		if p, ok := w.people[s.role]; ok {
			actor = p.cert.ID()
		}
		var facts chain.Facts
		switch s.kind {
		case chain.KindIssue:
			facts.Expires = w.at.Add(validity).UnixMilli()
		case chain.KindPayOpen:
			facts.Ref = chain.SubjectRx + id
		case chain.KindPay:
			facts.Ref = chain.SubjectPay + id
		case chain.KindDispense:
			tag := gm.Sum([]byte(id))
			facts.Tags = []string{hex.EncodeToString(tag[:])}
		}
		out[i] = w.statement(s.kind, s.org, actor, s.prefix+id, s.seq, facts)
	}
	return out
}

// record signs a statement and seals it, as the product does.
func (w *ward) record(ctx context.Context, st chain.Statement) (chain.Record, error) {
	seal := w.seals[st.Org]
	if st.Actor == seal.Cert.ID() {
		return intent.SystemRecord(ctx, seal, st)
	}
	for _, p := range w.people {
		if p.cert.ID() != st.Actor {
			continue
		}
		sig, err := p.key.Sign(st.Bytes())
		if err != nil {
			return chain.Record{}, err
		}
		return (&intent.Intent{Statement: st}).Sign(ctx, p.cert, sig, seal)
	}
	return chain.Record{}, fmt.Errorf("%w: nobody of that certificate", intent.ErrSignature)
}
