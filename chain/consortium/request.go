package consortium

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/base64"
	"github.com/smart-hospital/hospital/chain/canonical"
	"github.com/smart-hospital/hospital/chain/comet/home"
	"github.com/smart-hospital/hospital/chain/gm/pki"
	"github.com/smart-hospital/hospital/chain/membership"
	"github.com/smart-hospital/hospital/chain/platform/durable"
)

// Limits of a request.
const (
	maxRequestBytes = 16 << 10
	maxRequestAge   = 90 * 24 * time.Hour // a ceremony is over by then
	requestPrefix   = "hospital/consortium-request/v1\n"
)

// ErrRequest is a request that cannot be granted: the text names the member and the rule.
var ErrRequest = errors.New("consortium: request refused")

// Request is what one organisation sends to the notary. All of it is public.
type Request struct {
	Member membership.Member `json:"member"`         // as it wants to be listed; its CA certificate is signed by itself
	Node   *Node             `json:"node,omitempty"` // nil: another organisation's node writes for it
	Proofs Proofs            `json:"proofs"`
	V      int               `json:"v"`
}

// Node is where the others find a member's node.
type Node struct {
	Address string `json:"address"` // host:port for peers
	Key     string `json:"key"`     // home.Identity.Node
	Member  string `json:"member"`
}

// Proofs are signatures over the request without them, in base64, each by a key that the request
// names. The CA's key has proved itself by the seal certificate it issued.
type Proofs struct {
	Node      string `json:"node,omitempty"`
	Seal      string `json:"seal"`
	Validator string `json:"validator,omitempty"`
}

// Bytes are the request's canonical bytes.
func (r Request) Bytes() []byte { return canonical.Bytes(r) }

func (r Request) message() []byte {
	r.Proofs = Proofs{}
	return append([]byte(requestPrefix), r.Bytes()...)
}

// ParseRequest reads a request strictly and checks its shape and proofs: ErrRequest.
func ParseRequest(text []byte) (*Request, error) {
	r, err := canonical.Decode[Request](bytes.TrimSpace(text), maxRequestBytes)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrRequest, err)
	}
	if err := r.check(); err != nil {
		return nil, fmt.Errorf("%w: %q: %w", ErrRequest, r.Member.ID, err)
	}
	return &r, nil
}

// ReadRequest is ParseRequest of a file.
func ReadRequest(file string) (*Request, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	r, err := ParseRequest(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Base(file), err)
	}
	return r, nil
}

// check asks everything that does not depend on the others.
func (r *Request) check() error {
	ca, err := parse(r.Member.CA)
	if err != nil {
		return fmt.Errorf("ca: %w", err)
	}
	if r.V != chain.Version || ca.SubjectCN() != r.Member.Name || ca.SubjectOrg() != r.Member.ID ||
		ca.SubjectRole() != caUnit {
		return errors.New("v, or a CA certificate that names another")
	}
	org, err := r.Member.OpenAlone() // its own CA as the root: everything but the root's word
	if err != nil {
		return err
	}
	if err := (Spec{ID: r.Member.ID, Name: r.Member.Name, Role: r.Member.Role, Power: r.Member.Power}).
		check(); err != nil {
		return err
	}
	return r.checkProofs(org)
}

func (r *Request) checkProofs(org *membership.Org) error {
	if own := r.Member.Nodes; (r.Node == nil) != (len(own) == 0) || (r.Node != nil && own[0] != r.Node.Key) {
		return errors.New("member.nodes: must begin with the node's key, and be empty without a node")
	}
	msg := r.message()
	sig, err := base64.Decode(r.Proofs.Seal)
	if err != nil {
		return errors.New("proofs.seal: not base64")
	}
	if err := org.SealCert.PublicKey().VerifyBoth(msg, sig); err != nil {
		return fmt.Errorf("proofs.seal: %w", err)
	}
	if r.Node == nil {
		if r.Member.Power > 0 || r.Proofs.Node != "" || r.Proofs.Validator != "" {
			return errors.New("node: who votes must have one")
		}
		return nil
	}
	if err := r.Node.check(r.Member.ID); err != nil {
		return err
	}
	if err := home.CheckProof(r.Node.Key, msg, r.Proofs.Node); err != nil {
		return fmt.Errorf("proofs.node: %w", err)
	}
	if r.Member.Power == 0 {
		if r.Proofs.Validator != "" {
			return errors.New("proofs.validator: only who votes has a validator key")
		}
		return nil
	}
	if err := home.CheckProof(r.Member.Validator, msg, r.Proofs.Validator); err != nil {
		return fmt.Errorf("proofs.validator: %w", err)
	}
	return nil
}

func (n Node) check(member string) error {
	if n.Member != member {
		return errors.New("node.member: must be the member's id")
	}
	return checkAddress(n.Address)
}

// checkAddress: the engine takes lists of "id@host:port" with commas, so neither may be in a host.
func checkAddress(address string) error {
	host, port, err := net.SplitHostPort(address)
	if n, bad := strconv.ParseUint(port, 10, 16); err != nil || bad != nil || n == 0 || host == "" ||
		strings.ContainsAny(host, "@,/ \"\\<>&") {
		return fmt.Errorf("%w: address %q: must be host:port", ErrSpec, address)
	}
	return nil
}

// Ask makes an organisation's keys in its folder, or finds them there, and writes the public
// request into it; path is where. address is where the others reach its node; empty: another
// organisation's node writes for it. more are the keys of its further nodes, as AddInstance
// returned them; it answers for them, and they prove nothing. Asked again, the same request comes
// back; another wish for the same id is ErrSpec.
func (f *Folder) Ask(ctx context.Context, s Spec, address string, at time.Time, more ...string) (r *Request,
	path string, err error) {
	if err := s.check(); err != nil {
		return nil, "", err
	}
	if address != "" {
		if err := checkAddress(address); err != nil {
			return nil, "", err
		}
	} else if s.Power > 0 || len(more) > 0 {
		return nil, "", fmt.Errorf("%w: %s: who votes or has further nodes needs a node of its own, and its address",
			ErrSpec, s.ID)
	}
	earlier, err := f.requests()
	if err != nil {
		return nil, "", err
	}
	path = f.path(requestsFolder, s.ID+".json")
	for _, r := range earlier {
		if r.Member.ID == s.ID {
			if r.spec() != s || r.address() != address ||
				!slices.Equal(r.Member.Nodes[min(1, len(r.Member.Nodes)):], more) {
				return nil, "", fmt.Errorf("%w: %s: the folder holds a request of that id with another wish",
					ErrSpec, s.ID)
			}
			return r, path, nil
		}
		if r.Node != nil && address != "" {
			return nil, "", fmt.Errorf("%w: %s: the folder is %s's; a node needs one of its own", ErrSpec, s.ID,
				r.Member.ID)
		}
	}
	if r, err = f.newRequest(ctx, s, address, more, at); err != nil {
		return nil, "", err
	}
	if err := os.MkdirAll(f.path(requestsFolder), 0o700); err != nil {
		return nil, "", err
	}
	// last: without it, everything is asked anew
	return r, path, durable.WriteFile(path, append(r.Bytes(), '\n'), 0o644)
}

func (r *Request) spec() Spec {
	return Spec{ID: r.Member.ID, Name: r.Member.Name, Role: r.Member.Role, Power: r.Member.Power}
}

func (r *Request) address() string {
	if r.Node == nil {
		return ""
	}
	return r.Node.Address
}

func (f *Folder) newRequest(ctx context.Context, s Spec, address string, more []string,
	at time.Time) (*Request, error) {
	ca, err := f.keys.Ensure(caKey + s.ID)
	if err != nil {
		return nil, err
	}
	caCert, err := pki.NewRoot(issuer{ctx, ca}, caTemplate(s, at))
	if err != nil {
		return nil, fmt.Errorf("CA of %s: %w", s.ID, err)
	}
	seal, err := f.keys.Ensure(sealKey + s.ID)
	if err != nil {
		return nil, err
	}
	// The root will certify the same CA key under the same name, so this seal holds under that
	// certificate as well.
	sealCert, err := pki.Issue(caCert, issuer{ctx, ca}, sealTemplate(s, at), seal.Public())
	if err != nil {
		return nil, fmt.Errorf("seal of %s: %w", s.ID, err)
	}
	r := &Request{V: chain.Version,
		Member: membership.Member{ID: s.ID, Name: s.Name, Role: s.Role, Power: s.Power, CA: encode(caCert),
			Seal: encode(sealCert)}}
	if address != "" {
		id, err := home.NewIdentity(f.path(chainFolder))
		if err != nil {
			return nil, err
		}
		r.Node = &Node{Address: address, Key: id.Node, Member: s.ID}
		r.Member.Nodes = append([]string{id.Node}, more...)
		if s.Power > 0 {
			r.Member.Validator = id.Validator
		}
	}
	if err := f.prove(ctx, r); err != nil {
		return nil, err
	}
	return r, r.check() // nothing leaves that the notary would refuse
}

func (f *Folder) prove(ctx context.Context, r *Request) error {
	msg := r.message()
	var proofs Proofs
	seal, err := f.keys.Signer(sealKey + r.Member.ID)
	if err != nil {
		return err
	}
	sig, err := seal.Sign(ctx, msg)
	if err != nil {
		return err
	}
	proofs.Seal = base64.Encode(sig)
	if r.Node != nil {
		if proofs.Node, proofs.Validator, err = home.Prove(f.path(chainFolder), msg); err != nil {
			return err
		}
	}
	if r.Member.Power == 0 {
		proofs.Validator = ""
	}
	r.Proofs = proofs
	return nil
}

// requests are what this folder's organisations have asked for.
func (f *Folder) requests() ([]*Request, error) {
	entries, err := os.ReadDir(f.path(requestsFolder))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var list []*Request
	for _, entry := range entries {
		if filepath.Ext(entry.Name()) != ".json" {
			continue // what a killed write left behind
		}
		r, err := ReadRequest(f.path(requestsFolder, entry.Name()))
		if err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	return list, nil
}
