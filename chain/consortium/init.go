package consortium

import (
	"context"
	"fmt"
	"net"
	"path/filepath"
	"strconv"
	"time"

	"github.com/smart-hospital/hospital/chain/watch"
)

// NotaryFolder is where Init keeps the root's key.
const NotaryFolder = "notary"

// Local is one organisation of a consortium made on one machine.
type Local struct {
	Spec `yaml:",inline"`
	Host string `yaml:"host"` // member id whose node writes for it and whose folder has its keys; empty: a node of its own
}

// Init makes a whole consortium on this machine, for trying: the three steps of the ceremony, one organisation after the
// other, each in a folder of its own below dir, and the root in that of the notary. Node i's peers reach it on loopback at
// port+2i, people its explorer at port+2i+1. It can be run again after it was cut short, and returns the nodes' folders.
func Init(ctx context.Context, dir, chainName string, list []Local, port int, at time.Time) (folders []string, err error) {
	hosts, guests, err := byHost(list)
	if err != nil {
		return nil, err
	}
	open := make([]*Folder, len(hosts))
	var requests []*Request
	for i, host := range hosts {
		if open[i], err = MakeFolder(filepath.Join(dir, host.ID), ""); err != nil {
			return nil, err
		}
		r, _, err := open[i].Ask(ctx, host, loopback(port+2*i), at)
		if err != nil {
			return nil, err
		}
		requests = append(requests, r)
		for _, guest := range guests[host.ID] {
			if r, _, err = open[i].Ask(ctx, guest, "", at); err != nil {
				return nil, err
			}
			requests = append(requests, r)
		}
	}
	notary, err := MakeFolder(filepath.Join(dir, NotaryFolder), "")
	if err != nil {
		return nil, err
	}
	made, err := notary.Establish(ctx, chainName, requests, at)
	if err != nil {
		return nil, err
	}
	for i, f := range open {
		var others []watch.Peer
		for j, host := range hosts {
			if j != i {
				others = append(others, watch.Peer{Member: host.ID, URL: "http://" + loopback(port+2*j+1)})
			}
		}
		if _, err := f.join(made, "", loopback(port+2*i+1), others); err != nil {
			return nil, err
		}
		folders = append(folders, f.dir)
	}
	return folders, nil
}

// byHost tells organisations with a node from those whose keys another hosts, before any folder is made.
func byHost(list []Local) (hosts []Spec, guests map[string][]Spec, err error) {
	specs, guests := make([]Spec, len(list)), map[string][]Spec{}
	known := map[string]bool{}
	for i, o := range list {
		specs[i] = o.Spec
		if o.ID == NotaryFolder {
			return nil, nil, fmt.Errorf("%w: members[%d].id: %q is the notary's folder", ErrSpec, i, o.ID)
		}
		if o.Host == "" {
			hosts, known[o.ID] = append(hosts, o.Spec), true
		}
	}
	for i, o := range list {
		if o.Host == "" {
			continue
		}
		if !known[o.Host] {
			return nil, nil, fmt.Errorf("%w: members[%d].host: %q has no node of its own", ErrSpec, i, o.Host)
		}
		guests[o.Host] = append(guests[o.Host], o.Spec)
	}
	return hosts, guests, check(specs)
}

func loopback(port int) string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(port)) }
