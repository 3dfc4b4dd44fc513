// Ace as each of our editors wants it: under the pages' strict policy, in our colours by day and by night, with marks where something is wrong.
window.codeEditor = (place, options) => {
  ace.config.set('useStrictCSP', true);
  ace.config.set('basePath', '/webjars/ace-builds/src-min-noconflict');
  ace.config.set('loadWorkerFromBlob', false);
  place.hidden = false;
  const editor = ace.edit(place, {useWorker: false, showPrintMargin: false, useSoftTabs: true, wrap: true, highlightActiveLine: true, enableKeyboardAccessibility: true, fixedWidthGutter: true,
    showFoldWidgets: false, ...options});
  const colours = () => editor.setTheme({cssClass: 'ace-drover', isDark: document.documentElement.dataset.bsTheme === 'dark', cssText: ''});
  colours();
  new MutationObserver(colours).observe(document.documentElement, {attributeFilter: ['data-bs-theme']});
  return editor;
};

// Problems {line, column, severity: error|warning|hint, message} beside their lines and, but for hints, under their word. `word` finds that at the start of what follows.
window.codeMarks = (editor, word) => {
  const Range = ace.require('ace/range').Range;
  let marks = [];
  return problems => {
    editor.session.setAnnotations(problems.map(one => ({row: one.line - 1, column: one.column - 1, text: one.message, type: one.severity === 'hint' ? 'info' : one.severity})));
    marks.forEach(mark => editor.session.removeMarker(mark));
    marks = problems.filter(one => one.severity !== 'hint').map(one => {
      const text = editor.session.getLine(one.line - 1) || '';
      const length = Math.max(1, (text.slice(one.column - 1).match(word) || [' '])[0].length);
      return editor.session.addMarker(new Range(one.line - 1, one.column - 1, one.line - 1, one.column - 1 + length), 'rule-mark rule-mark-' + one.severity, 'text');
    });
  };
};
