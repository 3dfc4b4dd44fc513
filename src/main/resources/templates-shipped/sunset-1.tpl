name: Sunset 1: shall we go on?
channel: email
type: marketing
category: sunset
subject: Shall we go on writing to you?
preheader: One click and we do. No click, and we soon stop.
---
<h1 class="headline" style="margin:0 0 14px;font-family:Georgia,'Times New Roman',serif;font-size:30px;line-height:1.22;font-weight:normal;color:#20231f;">Do you still want to hear from us?</h1>
<p class="ink text" style="margin:0 0 18px;font-size:16px;line-height:25px;color:#34372f;">Hello {{default customer.firstName "there"}}, for half a year we’ve written, and heard nothing from you. Perhaps the time for cheese has passed, perhaps our mails aren’t much use. Both are fine.</p>
<p class="ink text" style="margin:0 0 18px;font-size:16px;line-height:25px;color:#34372f;">If you’d like us to go on, press the button; that’s all we need. If you’d like less, say how much.</p>
<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:26px 0 28px;"><tr><td class="button" style="border-radius:10px;background:#1f6f5c;"><a href="{{links.home}}" style="display:inline-block;padding:14px 26px;font-size:16px;line-height:20px;font-weight:600;color:#ffffff;text-decoration:none;border-radius:10px;">Yes, go on writing</a></td></tr></table>
<p class="soft text" style="margin:0 0 0;font-size:14px;line-height:21px;color:#66645c;">{{#if links.preferences}}<a class="plain" href="{{links.preferences}}" style="color:#66645c;">Choose what you get</a>, and how often.{{/if}}</p>
