name: Confirm: a copy of the data
channel: email
type: transactional
category: confirmation
subject: The copy of your data
preheader: The link to it, good for a day.
---
<h1 class="headline" style="margin:0 0 14px;font-family:Georgia,'Times New Roman',serif;font-size:30px;line-height:1.22;font-weight:normal;color:#20231f;">A copy of your data</h1>
<p class="ink text" style="margin:0 0 18px;font-size:16px;line-height:25px;color:#34372f;">You asked for a copy of everything {{sender.name}} holds about you. The button leads to it.</p>
<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:26px 0 28px;"><tr><td class="button" style="border-radius:10px;background:#1f6f5c;"><a href="{{confirmUrl}}" style="display:inline-block;padding:14px 26px;font-size:16px;line-height:20px;font-weight:600;color:#ffffff;text-decoration:none;border-radius:10px;">See my data</a></td></tr></table>
<p class="soft text" style="margin:0 0 0;font-size:14px;line-height:21px;color:#66645c;">The link is good until {{date expiresAt "d MMMM, HH:mm" customer.timeZone}}. Don’t pass it on: whoever has it can read your data.</p>
