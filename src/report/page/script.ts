/** What the page does: search, filter, sort. Without it everything can be read, in the order of the templates. */
export const SCRIPT = `
(function () {
  'use strict';
  var body = document.querySelector('#resources tbody');
  if (!body) { return; }
  var rows = Array.prototype.slice.call(body.rows).map(function (row) {
    return { row: row, text: row.textContent.toLowerCase(), data: row.dataset };
  });
  var search = document.getElementById('search');
  var selects = Array.prototype.slice.call(document.querySelectorAll('.controls select'));
  var count = document.getElementById('count');
  function fits(entry, words) {
    for (var i = 0; i < words.length; i++) { if (entry.text.indexOf(words[i]) < 0) { return false; } }
    for (var j = 0; j < selects.length; j++) {
      var wanted = selects[j].value;
      if (wanted === '') { continue; }
      var has = entry.data[selects[j].name] || '';
      if (selects[j].name === 'controls' ? (' ' + has + ' ').indexOf(' ' + wanted + ' ') < 0 : has !== wanted) { return false; }
    }
    return true;
  }
  function filter() {
    var words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
    var shown = 0;
    rows.forEach(function (entry) {
      var show = fits(entry, words);
      if (entry.row.hidden === show) { entry.row.hidden = !show; }
      if (show) { shown++; }
    });
    count.textContent = shown + ' of ' + rows.length + ' resources';
  }
  search.addEventListener('input', filter);
  selects.forEach(function (select) { select.addEventListener('change', filter); });
  Array.prototype.forEach.call(document.querySelectorAll('#resources thead button'), function (button, column) {
    button.addEventListener('click', function () {
      var head = button.parentNode;
      var up = head.getAttribute('aria-sort') !== 'ascending';
      Array.prototype.forEach.call(head.parentNode.cells, function (cell) { cell.removeAttribute('aria-sort'); });
      head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
      var key = function (entry) { return entry.row.cells[column].textContent; };
      rows.sort(function (a, b) { return (up ? 1 : -1) * key(a).localeCompare(key(b), 'en', { numeric: true }); });
      rows.forEach(function (entry) { body.appendChild(entry.row); });
    });
  });
  window.addEventListener('beforeprint', function () {
    Array.prototype.forEach.call(document.querySelectorAll('details'), function (each) { each.open = true; });
  });
  document.querySelector('.controls').hidden = false;
  filter();
})();
`.trim();
