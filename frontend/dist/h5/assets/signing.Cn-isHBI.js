function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./platform-signing-code.CT_MqR2y.js","./first.Cxc9-Hf8.js","./index-DRmLZKq5.js","./index-DGGu-F3C.css","./first-BxjZruf-.css","./canonical.jlN1wBEU.js","./subject.ByLzRMRy.js","./files.BfWT7NIN.js","./tabs.DZl9B4UI.js","./tabs-BDn8xT3U.css"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{ar as r}from"./index-DRmLZKq5.js";async function t(){let t;return t=await r(()=>import("./platform-signing-code.CT_MqR2y.js"),__vite__mapDeps([0,1,2,3,4,5,6,7,8,9]),import.meta.url),t}export{t as s};
