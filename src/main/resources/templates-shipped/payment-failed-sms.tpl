name: Failed payment by SMS
channel: sms
type: transactional
category: subscription
---
{{sender.name}}: the payment for your subscription was refused. Please look at your payment details, so that your deliveries go on: {{links.home}}
