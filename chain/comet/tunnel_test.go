package comet_test

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"math/big"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
)

// TestThroughTLS puts the wire between four members' nodes into TLS 1.3 with a certificate at both
// ends, as the runbook says with stunnel: every node listens on loopback and dials the near end of
// a tunnel. The chain runs as without; on the wire there is TLS 1.3 and nothing else, and who has
// no certificate reaches no node.
func TestThroughTLS(t *testing.T) {
	w := chaintest.NewWard(time.Now().Add(-time.Minute))
	voters := []string{"h1", "h2", "p1", "p2"}
	net := newTunnels(t, voters)
	nodes := federationVia(t, w, voters, net.dial)
	accept(t, nodes[0], w.Enrolments()...)
	journey := w.Journey("T", time.Now())
	for i, r := range journey[:4] {
		accept(t, nodes[i], r)
	}
	if got := receipt(t, nodes[3], journey[3].ID()); len(got.Seals) < 3 || chain.VerifyReceipt(w.Members, got) != nil {
		t.Errorf("a receipt with %d seals", len(got.Seals))
	}
	for _, n := range nodes {
		if h := n.Health(context.Background()); h.Peers != len(voters)-1 {
			t.Errorf("%d peers", h.Peers)
		}
	}
	if net.records.Load() == 0 || net.others.Load() != 0 {
		t.Errorf("on the wire: %d TLS records, %d of something else", net.records.Load(), net.others.Load())
	}
	for name, cfg := range map[string]*tls.Config{
		"no certificate": {RootCAs: net.pool, ServerName: "h1"},
		"a stranger's": {RootCAs: net.pool, ServerName: "h1",
			Certificates: []tls.Certificate{newAuthority(t).issue(t, "h2")}},
		"an older TLS, and ours": {RootCAs: net.pool, ServerName: "h1",
			Certificates: []tls.Certificate{net.certs["h2"]}, MaxVersion: tls.VersionTLS12},
	} {
		if reaches(net.far["h1"], cfg) {
			t.Errorf("%s: reaches the node", name)
		}
	}
	if !reaches(net.far["h1"], net.client("h2", "h1")) {
		t.Error("a member with its certificate does not reach the node")
	}
}

// reaches tells whether a node's handshake begins behind a tunnel's far end: the engine speaks
// first.
func reaches(address string, cfg *tls.Config) bool {
	conn, err := tls.Dial("tcp", address, cfg)
	if err != nil {
		return false
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	_, err = conn.Read(make([]byte, 1))
	return err == nil
}

// tunnels lead from every member to every other.
type tunnels struct {
	t     *testing.T
	pool  *x509.CertPool
	certs map[string]tls.Certificate
	far   map[string]string // address of the TLS end before a member's node

	mu      sync.Mutex
	to      map[string]string // a member's node, behind its far end
	records atomic.Int64      // pieces of the wire that began as TLS records
	others  atomic.Int64
}

func newTunnels(t *testing.T, members []string) *tunnels {
	ca := newAuthority(t)
	n := &tunnels{t: t, pool: x509.NewCertPool(), certs: map[string]tls.Certificate{}, far: map[string]string{},
		to: map[string]string{}}
	n.pool.AddCert(ca.cert)
	for _, m := range members {
		n.certs[m] = ca.issue(t, m)
	}
	for _, m := range members { // from the first one on strangers may connect, and certs is read
		plain := n.listen(func(conn net.Conn) {
			secure := tls.Server(&wire{Conn: conn, n: n}, &tls.Config{
				Certificates: []tls.Certificate{n.certs[m]}, ClientCAs: n.pool,
				ClientAuth: tls.RequireAndVerifyClientCert, MinVersion: tls.VersionTLS13,
			})
			if secure.HandshakeContext(t.Context()) != nil {
				return
			}
			n.mu.Lock()
			to := n.to[m]
			n.mu.Unlock()
			if node, err := net.Dial("tcp", to); err == nil {
				join(secure, node)
			}
		})
		n.far[m] = plain
	}
	return n
}

func (n *tunnels) client(from, to string) *tls.Config {
	return &tls.Config{Certificates: []tls.Certificate{n.certs[from]}, RootCAs: n.pool, ServerName: to,
		MinVersion: tls.VersionTLS13}
}

// dial is the near end of the tunnel from one member to another, whose node is at address.
func (n *tunnels) dial(from, to, address string) string {
	n.mu.Lock()
	n.to[to] = address
	n.mu.Unlock()
	return n.listen(func(conn net.Conn) {
		if secure, err := tls.Dial("tcp", n.far[to], n.client(from, to)); err == nil {
			join(conn, secure)
		}
	})
}

func (n *tunnels) listen(serve func(net.Conn)) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		n.t.Fatal(err)
	}
	n.t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				serve(conn)
			}()
		}
	}()
	return l.Addr().String()
}

// join copies both ways until one side ends.
func join(a, b net.Conn) {
	defer b.Close()
	go func() {
		_, _ = io.Copy(a, b)
		_ = a.Close()
	}()
	_, _ = io.Copy(b, a)
}

// wire looks at how what is sent begins: every write of crypto/tls is whole records.
type wire struct {
	net.Conn
	n *tunnels
}

func (w *wire) Write(b []byte) (int, error) {
	if len(b) > 5 && b[0] >= 20 && b[0] <= 23 && bytes.Equal(b[1:3], []byte{3, 3}) {
		w.n.records.Add(1)
	} else {
		w.n.others.Add(1)
	}
	return w.Conn.Write(b)
}

// authority issues the certificates of the tunnels; they have nothing to do with the chain's.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

func newAuthority(t *testing.T) authority {
	a := authority{key: newKey(t)}
	a.cert = a.sign(t, &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "tunnels"},
		NotBefore: time.Now().Add(-time.Hour),
		NotAfter:  time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign},
		a.key)
	return a
}

func newKey(t *testing.T) *ecdsa.PrivateKey {
	t.Helper()
	return chaintest.Must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))
}

func (a authority) sign(t *testing.T, template *x509.Certificate, key *ecdsa.PrivateKey) *x509.Certificate {
	t.Helper()
	issuer := a.cert
	if issuer == nil {
		issuer = template
	}
	return chaintest.Must(x509.ParseCertificate(
		chaintest.Must(x509.CreateCertificate(rand.Reader, template, issuer, key.Public(), a.key))))
}

func (a authority) issue(t *testing.T, member string) tls.Certificate {
	t.Helper()
	key := newKey(t)
	cert := a.sign(t, &x509.Certificate{SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: member},
		DNSNames: []string{member}, NotBefore: a.cert.NotBefore,
		NotAfter: a.cert.NotAfter, KeyUsage: x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}}, key)
	return tls.Certificate{Certificate: [][]byte{cert.Raw}, PrivateKey: key}
}
