package demo

import (
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/consortium"
)

// Members are the organisations of the demo consortium. Only the hospital's node votes; the
// others write through it (hosted) and anybody can check their seals.
var Members = []consortium.Spec{
	{ID: "h1", Name: "仁济智慧医院", Role: chain.OrgHospital, Power: 1},
	{ID: "p1", Name: "百草堂大药房", Role: chain.OrgPharmacy},
	{ID: "p2", Name: "康宁药店", Role: chain.OrgPharmacy},
	{ID: "p3", Name: "同春大药房", Role: chain.OrgPharmacy},
	{ID: "i1", Name: "市医疗保障局", Role: chain.OrgInsurer},
	{ID: "r1", Name: "市卫生健康委员会", Role: chain.OrgRegulator},
}
