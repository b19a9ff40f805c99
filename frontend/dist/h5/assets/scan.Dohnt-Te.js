function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./platform-camera.5etFwtSD.js","./index.C8IgOQw-.js","./index-CrjBgJ0q.js","./index-C-SttWwb.css"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{aq as t}from"./index-CrjBgJ0q.js";async function a(){let a;const{look:o}=await t(()=>import("./platform-camera.5etFwtSD.js"),__vite__mapDeps([0,1,2,3]),import.meta.url);return a=await o(),null==a?void 0:a.trim()}export{a as s};
