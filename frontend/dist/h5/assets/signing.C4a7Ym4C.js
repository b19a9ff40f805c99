function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./lib-signing-code.C_PyZxnf.js","./index-6Lb_WRFR.js","./index-Boeij2UB.css","./files.CyiMyDmn.js","./text.GMVthbxp.js"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{aA as i}from"./index-6Lb_WRFR.js";async function t(){let t;return t=await i(()=>import("./lib-signing-code.C_PyZxnf.js"),__vite__mapDeps([0,1,2,3,4]),import.meta.url),t}export{t as s};
