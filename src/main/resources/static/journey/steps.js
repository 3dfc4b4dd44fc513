// The palette beside the diagram: our steps as pictures, and what is drawn of several parts in one go. BPMN's own that a journey can't use is left out.
(() => {
  const LEFT_OUT = ['create.data-object', 'create.data-store', 'create.participant-expanded', 'create.group', 'create.task', 'create.intermediate-event'];
  const ORDER = ['begin-on-event', 'send-email', 'send-sms', 'send-push', 'wait-a-while', 'wait-for-event', 'check-segment', 'decide', 'split', 'create-discount',
    'recommend', 'add-to-segment', 'remove-from-segment', 'update-attribute', 'call-webhook'];

  class Steps {
    constructor(palette, eventBus, create, elementFactory, elementTemplates, autoPlace, modeling, selection, canvas) {
      Object.assign(this, { create, elementFactory, elementTemplates, autoPlace, modeling, selection, canvas, making: {} });
      palette.registerProvider(500, this);
      eventBus.on('elementTemplates.changed', () => { palette._rebuild(); this.reachable(palette._container); });
      eventBus.on('palette.changed', () => this.reachable(palette._container));
    }

    // The pictures are buttons for who has no mouse, too: Enter puts the step behind the chosen one.
    reachable(container) {
      for (const picture of container.querySelectorAll('[data-action^="step."]')) {
        if (picture.tabIndex === 0) continue;
        picture.tabIndex = 0;
        picture.setAttribute('role', 'button');
        picture.title = this.making[picture.dataset.action].title;
        picture.setAttribute('aria-label', picture.title);
        picture.addEventListener('keydown', event => {
          if (event.key !== 'Enter' && event.key !== ' ') return;
          event.preventDefault();
          event.stopPropagation();
          this.put(this.making[picture.dataset.action].make());
        });
      }
    }

    put(made) {
      const [chosen] = this.selection.get();
      const source = chosen && !chosen.waypoints ? chosen : null;
      const parts = [made].flat();
      if (source && parts.length === 1) return this.selection.select(this.autoPlace.append(source, parts[0]));
      const { x, y, width, height } = this.canvas.viewbox();
      const middle = source ? { x: source.x + source.width + 170, y: source.y + source.height / 2 } : { x: x + width / 2, y: y + height / 2 };
      const [first] = this.modeling.createElements(parts, middle, source ? source.parent : this.canvas.getRootElement());
      if (source) this.modeling.connect(source, first);
      this.selection.select(first);
    }

    getPaletteEntries() {
      return entries => {
        for (const name of LEFT_OUT) delete entries[name];
        entries['steps-separator'] = { group: 'steps', separator: true };
        const known = this.elementTemplates.getAll();
        for (const key of ORDER) {
          const template = known.find(one => one.id === 'dev.drover.' + key);
          if (template) entries['step.' + key] = this.entry('step.' + key, template.name, template.icon.contents, () => this.elementTemplates.createElement(template));
        }
        const picture = key => known.find(one => one.id === 'dev.drover.' + key)?.icon.contents;
        if (picture('wait-for-event')) entries['step.wait-or-time-out'] = this.entry('step.wait-or-time-out', 'Wait for an event, or a time-out', picture('until-then'), () => this.waitOrTimeOut());
        if (picture('wait-until')) entries['step.wait-until'] = this.entry('step.wait-until', 'Wait until a day or time', picture('wait-until'), () => this.waitUntil());
        return entries;
      };
    }

    entry(key, title, imageUrl, make) {
      this.making[key] = { title, make };
      const start = event => this.create.start(event, make());
      return { group: 'steps', title, imageUrl, className: 'draw-step', action: { dragstart: start, click: start } };
    }

    shape(key, x, y) {
      const shape = this.elementTemplates.createElement(this.elementTemplates.getAll().find(one => one.id === 'dev.drover.' + key));
      return Object.assign(shape, { x, y });
    }

    flow(source, target, waypoints) {
      return this.elementFactory.createConnection({ type: 'bpmn:SequenceFlow', source, target, waypoints });
    }

    waitOrTimeOut() {
      const gateway = Object.assign(this.elementFactory.createShape({ type: 'bpmn:EventBasedGateway' }), { x: 0, y: 60 });
      const event = this.shape('wait-for-event', 120, 0);
      const late = this.shape('wait-a-while', 120, 134);
      return [gateway, event, late,
        this.flow(gateway, event, [{ x: 25, y: 60 }, { x: 25, y: 18 }, { x: 120, y: 18 }]),
        this.flow(gateway, late, [{ x: 25, y: 110 }, { x: 25, y: 152 }, { x: 120, y: 152 }])];
    }

    waitUntil() {
      const when = this.shape('wait-until', 0, 0);
      const then = this.shape('until-then', 150, 22);
      return [when, then, this.flow(when, then, [{ x: 100, y: 40 }, { x: 150, y: 40 }])];
    }
  }
  // What the engine of this version can't do, or a journey never needs, isn't asked for.
  const GROUPS = /priority|listener|extensionProperties|additionalData/i;
  class Panel {
    constructor(propertiesPanel) {
      propertiesPanel.registerProvider(1, this);
    }

    getGroups() {
      return groups => groups.filter(group => !GROUPS.test(group.id));
    }
  }
  Panel.$inject = ['propertiesPanel'];

  Steps.$inject = ['palette', 'eventBus', 'create', 'elementFactory', 'elementTemplates', 'autoPlace', 'modeling', 'selection', 'canvas'];
  window.journeySteps = { __init__: ['journeySteps', 'journeyPanel'], journeySteps: ['type', Steps], journeyPanel: ['type', Panel] };
})();
