"use strict";
// In a page that travels alone: unpacks plotly.js, then lets the charts be drawn.

async function unpack() {
  const packed = Uint8Array.from(atob(document.getElementById("plotly").textContent.trim()), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const code = new Blob([await new Response(stream).arrayBuffer()], { type: "text/javascript" });
  const script = document.createElement("script");
  script.src = URL.createObjectURL(code);
  script.addEventListener("load", start);
  document.head.append(script);
}

unpack();
