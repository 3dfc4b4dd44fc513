name: Browse abandonment 2: what people ask first
channel: email
type: marketing
category: browse
subject: Three things people ask before they order
preheader: How it travels, how long it keeps, and what if you don’t like it.
---
<h1 class="headline" style="margin:0 0 14px;font-family:Georgia,'Times New Roman',serif;font-size:30px;line-height:1.22;font-weight:normal;color:#20231f;">What people ask us first</h1>
<p class="ink text" style="margin:0 0 18px;font-size:16px;line-height:25px;color:#34372f;">Hello {{default customer.firstName "there"}}, you came back for a second look, so perhaps one of these is what you wanted to know.</p>
<p class="ink text" style="margin:0 0 18px;font-size:16px;line-height:25px;color:#34372f;"><strong>How does it travel?</strong> Cold, in wool and ice that you may keep or hand back. It leaves us in the morning and is with you within two days.</p>
<p class="ink text" style="margin:0 0 18px;font-size:16px;line-height:25px;color:#34372f;"><strong>How long does it keep?</strong> Milk a week, yogurt three, a young cheese two months. Each label says so.</p>
<p class="ink text" style="margin:0 0 18px;font-size:16px;line-height:25px;color:#34372f;"><strong>And if I don’t like it?</strong> Then you don’t pay for it. Tell us within fourteen days.</p>
<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:26px 0 28px;"><tr><td class="button" style="border-radius:10px;background:#1f6f5c;"><a href="{{links.home}}" style="display:inline-block;padding:14px 26px;font-size:16px;line-height:20px;font-weight:600;color:#ffffff;text-decoration:none;border-radius:10px;">See what’s fresh</a></td></tr></table>
<p class="soft text" style="margin:0 0 0;font-size:14px;line-height:21px;color:#66645c;">Another question? Answer this mail and a person reads it.</p>
