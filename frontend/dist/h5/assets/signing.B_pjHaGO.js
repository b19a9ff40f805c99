function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./lib-signing-code.uprK9aLg.js","./lib-keys.DuNisxMc.js","./page.8KoJBReG.js","./index-Cr0W3KXZ.js","./index-CizON33R.css","./page-BSDeyB3_.css","./keystore.BX93yz-K.js","./problems.D1Tvhtpc.js","./problems-D_A2_D1L.css","./sm.8hAMqEyc.js","./lib-members.BhPxMDhx.js","./canonical.DiBeGrbm.js","./x509.cBBjljXv.js","./lib-receipt.C9QMkCxc.js","./lib-record.DHuzazEh.js","./lib-signing.BQZ1PZ5-.js"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{_ as i}from"./index-Cr0W3KXZ.js";async function t(){let t;return t=await i(()=>import("./lib-signing-code.uprK9aLg.js"),__vite__mapDeps([0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15]),import.meta.url),t}export{t as s};
