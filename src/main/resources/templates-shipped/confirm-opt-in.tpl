name: Confirm: news by e-mail
channel: email
type: transactional
category: confirmation
subject: Please confirm: news from {{sender.name}}
preheader: One click, and you hear from us.
---
<h1 class="headline" style="margin:0 0 14px;font-family:Georgia,'Times New Roman',serif;font-size:30px;line-height:1.22;font-weight:normal;color:#20231f;">One more click</h1>
<p class="ink text" style="margin:0 0 18px;font-size:16px;line-height:25px;color:#34372f;">Somebody, we hope you, asked {{sender.name}} to write to this address with news and offers. Press the button to confirm it.</p>
<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:26px 0 28px;"><tr><td class="button" style="border-radius:10px;background:#1f6f5c;"><a href="{{confirmUrl}}" style="display:inline-block;padding:14px 26px;font-size:16px;line-height:20px;font-weight:600;color:#ffffff;text-decoration:none;border-radius:10px;">Yes, that was me</a></td></tr></table>
<p class="soft text" style="margin:0 0 0;font-size:14px;line-height:21px;color:#66645c;">The link is good until {{date expiresAt "d MMMM, HH:mm" customer.timeZone}}. Without it you won’t hear from us.</p>
