function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./platform-signing-code.Ch81uVtD.js","./first.DmHGa-xO.js","./index-D7J0In1V.js","./index-DGGu-F3C.css","./first-BxjZruf-.css","./canonical.jlN1wBEU.js","./subject.ByLzRMRy.js","./files.BfWT7NIN.js","./tabs.z9xaaRFs.js","./tabs-BDn8xT3U.css"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{ar as r}from"./index-D7J0In1V.js";async function t(){let t;return t=await r(()=>import("./platform-signing-code.Ch81uVtD.js"),__vite__mapDeps([0,1,2,3,4,5,6,7,8,9]),import.meta.url),t}export{t as s};
