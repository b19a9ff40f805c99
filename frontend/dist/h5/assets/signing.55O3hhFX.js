function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./platform-signing-code.C_CKwDgS.js","./first.Dtyx--2a.js","./index-BoGe1MMB.js","./index-D7rBsZ8c.css","./first-BxjZruf-.css","./canonical.jlN1wBEU.js","./subject.ByLzRMRy.js","./files.BfWT7NIN.js","./tabs.mXZD0VOG.js","./tabs-BDn8xT3U.css"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{ar as r}from"./index-BoGe1MMB.js";async function t(){let t;return t=await r(()=>import("./platform-signing-code.C_CKwDgS.js"),__vite__mapDeps([0,1,2,3,4,5,6,7,8,9]),import.meta.url),t}export{t as s};
