name: Replenishment by SMS
channel: sms
type: marketing
category: replenishment
---
{{sender.name}}: running low? What you usually order is fresh today: {{links.home}} Stop: {{links.unsubscribe}}
