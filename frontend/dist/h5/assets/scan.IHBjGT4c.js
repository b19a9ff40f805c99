function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./platform-camera.CETLNtVf.js","./index.C8IgOQw-.js","./index-Dm8oVb2w.js","./index-CbTtuu_V.css"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{ai as t}from"./index-Dm8oVb2w.js";async function a(){let a;const{look:o}=await t(()=>import("./platform-camera.CETLNtVf.js"),__vite__mapDeps([0,1,2,3]),import.meta.url);return a=await o(),null==a?void 0:a.trim()}export{a as s};
