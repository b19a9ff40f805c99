package demo

import (
	"fmt"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/consortium"
)

// host is the demo's hospital: the pharmacies of its ward have no node of their own and write
// through its.
const host = "h1"

// voters are the organisations with a node that votes, in the order in which a larger demo
// takes them in. The first is the demo ward's own hospital.
var voters = []consortium.Spec{
	{ID: host, Name: "仁济智慧医院", Role: chain.OrgHospital, Power: 1},
	{ID: "i1", Name: "市医疗保障局", Role: chain.OrgInsurer, Power: 1},
	{ID: "g1", Name: "康泰连锁药业集团", Role: chain.OrgPharmacy, Power: 1},
	{ID: "h2", Name: "第二人民医院", Role: chain.OrgHospital, Power: 1},
	{ID: "g2", Name: "国仁大药房集团", Role: chain.OrgPharmacy, Power: 1},
	{ID: "h3", Name: "中心医院", Role: chain.OrgHospital, Power: 1},
	{ID: "h4", Name: "妇幼保健院", Role: chain.OrgHospital, Power: 1},
}

// Consortium is a consortium of that many organisations that vote, with everybody whom the demo
// ward needs: its pharmacies are the hospital's guests, and the regulator reads along without a
// vote. instances is how many of its application the hospital runs.
func Consortium(voting, instances int) ([]consortium.Local, error) {
	if voting < 1 || voting > len(voters) {
		return nil, fmt.Errorf("demo: 1 to %d organisations", len(voters))
	}
	var list []consortium.Local
	there := map[string]bool{}
	for _, s := range voters[:voting] {
		o := consortium.Local{Spec: s}
		if s.ID == host {
			o.Instances = instances
		}
		list, there[s.ID] = append(list, o), true
	}
	for _, s := range Members {
		if there[s.ID] {
			continue
		}
		s.Power = 0
		o := consortium.Local{Spec: s}
		if s.Role != chain.OrgRegulator {
			o.Host = host
		}
		list = append(list, o)
	}
	return list, nil
}
