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
	// member id whose node writes for it and whose folder has its keys; empty: a node of its own
	Host string `yaml:"host"`
	// of its application, each with a node; 0 and 1: one. The second's folder is "ID-2", and so on
	Instances int `yaml:"instances"`
}

// Seat is where a node of Init is: all but URL are HOST:PORT.
type Seat struct {
	Peers    string // where the others reach it
	Bind     string // where it listens for them
	Explorer string // where its explorer listens
	URL      string // where the others find the explorer
}

// Place gives the i-th node its seat; name is that of its folder.
type Place func(i int, name string) Seat

// Loopback puts all nodes on this machine: node i's peers reach it at port+2i, people its explorer
// at port+2i+1.
func Loopback(port int) Place {
	return func(i int, _ string) Seat {
		peers, explorer := address("127.0.0.1", port+2*i), address("127.0.0.1", port+2*i+1)
		return Seat{Peers: peers, Bind: peers, Explorer: explorer, URL: "http://" + explorer}
	}
}

// Hosts puts every node on a host named as its folder: peers at port, the explorer at port+1.
func Hosts(port int) Place {
	return func(_ int, name string) Seat {
		return Seat{Peers: address(name, port), Bind: address("0.0.0.0", port), Explorer: address("0.0.0.0", port+1),
			URL: "http://" + address(name, port+1)}
	}
}

func address(host string, port int) string { return net.JoinHostPort(host, strconv.Itoa(port)) }

// maxInstances of one organisation's application: each has a node.
const maxInstances = 4

// Init makes a whole consortium on this machine, for trying: the three steps of the ceremony, one
// organisation after the other, each in a folder of its own below dir, and the root in that of the
// notary. It can be run again after it was cut short, and returns the nodes' folders, those of
// further instances last.
func Init(ctx context.Context, dir, chainName string, list []Local, where Place, at time.Time) (folders []string,
	err error) {
	hosts, guests, err := byHost(list)
	if err != nil {
		return nil, err
	}
	open := make([]*Folder, len(hosts))
	var requests []*Request
	var more []instance
	for i, host := range hosts {
		if open[i], err = MakeFolder(filepath.Join(dir, host.ID), ""); err != nil {
			return nil, err
		}
		var keys []string
		for n := 2; n <= host.Instances; n++ {
			x := instance{of: open[i], name: fmt.Sprintf("%s-%d", host.ID, n), i: len(hosts) + len(more)}
			key, err := x.add(dir, where)
			if err != nil {
				return nil, err
			}
			keys, more = append(keys, key), append(more, x)
		}
		r, _, err := open[i].Ask(ctx, host.Spec, where(i, host.ID).Peers, at, keys...)
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
				others = append(others, watch.Peer{Member: host.ID, URL: where(j, host.ID).URL})
			}
		}
		seat := where(i, hosts[i].ID)
		if _, err := f.join(made, seat.Bind, seat.Explorer, others); err != nil {
			return nil, err
		}
		folders = append(folders, f.dir)
	}
	for _, x := range more {
		if _, err := x.add(dir, where); err != nil {
			return nil, err
		}
		folders = append(folders, filepath.Join(dir, x.name))
	}
	return folders, nil
}

// instance is a further one of a host's application.
type instance struct {
	of   *Folder
	name string
	i    int
}

func (x instance) add(dir string, where Place) (key string, err error) {
	seat := where(x.i, x.name)
	key, _, err = x.of.AddInstance(filepath.Join(dir, x.name), seat.Bind, seat.Explorer)
	return key, err
}

// byHost tells organisations with a node from those whose keys another hosts, before any folder is
// made.
func byHost(list []Local) (hosts []Local, guests map[string][]Spec, err error) {
	specs, guests := make([]Spec, len(list)), map[string][]Spec{}
	known, folders := map[string]bool{}, map[string]bool{NotaryFolder: true}
	for i, o := range list {
		specs[i] = o.Spec
		if o.Host != "" {
			continue
		}
		hosts, known[o.ID] = append(hosts, o), true
		if o.Instances < 0 || o.Instances > maxInstances {
			return nil, nil, fmt.Errorf("%w: members[%d].instances: at most %d", ErrSpec, i, maxInstances)
		}
		for n := 1; n <= max(o.Instances, 1); n++ {
			name := o.ID
			if n > 1 {
				name = fmt.Sprintf("%s-%d", o.ID, n)
			}
			if folders[name] {
				return nil, nil, fmt.Errorf("%w: members[%d].id: the folder %q is another's", ErrSpec, i, name)
			}
			folders[name] = true
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
