name: Failed payment: it came
channel: email
type: transactional
category: subscription
subject: Thank you, the payment came
preheader: Your deliveries go on as before.
---
<h1 class="headline" style="margin:0 0 14px;font-family:Georgia,'Times New Roman',serif;font-size:30px;line-height:1.22;font-weight:normal;color:#20231f;">All is well again</h1>
<p class="ink text" style="margin:0 0 18px;font-size:16px;line-height:25px;color:#34372f;">Hello {{default customer.firstName "there"}}, the payment for your subscription has come through. Your deliveries go on as before, and there is nothing more to do.</p>
<p class="soft text" style="margin:0 0 0;font-size:14px;line-height:21px;color:#66645c;">Thank you for looking after it.</p>
